namespace UsageReporting;

/// <summary>What proves to an endpoint whose reports somebody wants to see or erase.</summary>
/// <param name="Product">The product.</param>
/// <param name="Id">The id that the reports carried.</param>
/// <param name="Secret">The secret whose fingerprint they carried, in hexadecimal digits.</param>
public sealed record InstallationProof(string Product, string Id, string Secret);
