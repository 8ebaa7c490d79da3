using UsageReporting.Server.Dashboard.Pages;
using UsageReporting.Server.Products;
using UsageReporting.Server.Storage;

namespace UsageReporting.Server.Dashboard;

/// <summary>
/// Makes the page of each product once when the server has started, so that the code that makes pages is compiled before
/// anybody waits for one.
/// </summary>
internal sealed class DashboardWarmUp(DashboardEndpoints endpoints, DashboardFiles files, ProductCatalog catalog) : DatabaseJob
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!endpoints.IsMapped)
        {
            return;
        }

        try
        {
            await files.MakeOverviewAsync(catalog.Products);
            foreach (Product product in catalog.Products)
            {
                stoppingToken.ThrowIfCancellationRequested();
                await files.FindAsync(product, Place.Index);
            }
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Whoever asks for a page is told. A job that throws would end the server.
        }
    }
}
