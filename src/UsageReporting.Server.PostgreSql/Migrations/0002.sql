-- What an operator has set aside, which is not counted, and the fields that are on no public page.
CREATE TABLE quarantines (
    product TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    since TEXT COLLATE "C" NOT NULL,
    until TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    made TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (product, id)
);

CREATE TABLE hidden_fields (
    product TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (product, field)
);
