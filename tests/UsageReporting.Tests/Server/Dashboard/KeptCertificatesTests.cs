using NUnit.Framework;
using UsageReporting.Server.Dashboard;
using UsageReporting.Server.Products;
using UsageReporting.TestSupport;
using UsageReporting.TestSupport.Schemas;

namespace UsageReporting.Tests.Server.Dashboard;

public sealed class KeptCertificatesTests
{
    [TestCase("certificate/napari/2026-09/plugins.napari-svg.html", true)]
    [TestCase("certificate/napari/2026-09/plugins.napari-svg.json", true)]
    [TestCase("certificate/napari/2026-10/plugins.napari-svg.json", false, TestName = "Of a window whose certificates are all published now")]
    [TestCase("certificate/closed/2026-09/plugins.napari-svg.json", false)]
    [TestCase("certificate/napari/2026-09/gone.napari-svg.json", false)]
    [TestCase("certificate/napari/2026-99/plugins.napari-svg.json", false)]
    [TestCase("certificate/napari/2026-09/plugins.napari-svg.csv", false)]
    [TestCase("chart/napari/2026-09/plugins.napari-svg.html", false)]
    [TestCase("napari/plugins.napari-svg.html", false)]
    public void IsKept_Path_IsACertificateOfAWindowThatIsOver(string path, bool isKept)
    {
        using TemporaryFolder folder = new();
        Product[] products = [.. TestCatalog.Of(folder, SeedSchemas.Napari).Products];
        Dictionary<string, byte[]> files = new() { ["certificate/napari/2026-10/plugins.other.json"] = [] };

        Assert.That(DashboardFiles.IsKept(products, path, files), Is.EqualTo(isKept));
    }
}
