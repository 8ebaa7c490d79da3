using NUnit.Framework;

namespace UsageReporting.Tests.Schema;

public sealed class VocabularyTests
{
    [Test]
    public void Find_Word_IsTheVocabularysOwn()
    {
        string own = new("beta".ToCharArray());
        Vocabulary words = ["stable", own, "dev"];

        Assert.That(words.Find("beta"), Is.SameAs(own));
    }

    [TestCase("Beta")]
    [TestCase("beta ")]
    [TestCase("bet")]
    [TestCase("")]
    public void Find_AnotherWord_IsNone(string word)
    {
        Vocabulary words = ["stable", "beta"];

        Assert.That(words.Find(word), Is.Null);
    }

    [Test]
    public void Words_AreInTheOrderOfTheirDeclaration()
    {
        Vocabulary words = ["stable", "beta", "alpha"];

        Assert.That(words, Is.EqualTo(new[] { "stable", "beta", "alpha" }));
        Assert.That(words.Words, Is.EqualTo(words));
        Assert.That(words.CatalogueName, Is.Null);
    }

    [Test]
    public void Catalogue_OfAListThatChangesLater_StaysWhatItWas()
    {
        List<string> plugins = ["one"];
        Vocabulary catalogue = Vocabulary.Catalogue("plugins", plugins);

        plugins.Add("two");

        Assert.That(catalogue.Words, Is.EqualTo(new[] { "one" }));
        Assert.That(catalogue.CatalogueName, Is.EqualTo("plugins"));
    }
}
