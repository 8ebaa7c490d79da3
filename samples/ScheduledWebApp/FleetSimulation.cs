using UsageReporting;

namespace ScheduledWebApp;

/// <summary>Has something happen now and then: a print, an upload, a printer that does not answer.</summary>
internal sealed class FleetSimulation(PrinterFleet fleet, UsageTallies tallies, FleetSettings settings, TimeProvider time)
    : BackgroundService
{
    private readonly UsageTally _allErrors = tallies.Of(FleetUsage.Errors, FleetUsage.AllErrors);
    private readonly UsageTally _connectionErrors = tallies.Of(FleetUsage.Errors, FleetUsage.ConnectionErrors);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.SimulateEverySeconds <= 0)
        {
            return;
        }

        using PeriodicTimer timer = new(TimeSpan.FromSeconds(settings.SimulateEverySeconds), time);
        for (int i = 0; await timer.WaitForNextTickAsync(stoppingToken); i++)
        {
            Printer printer = fleet.Printers[i % fleet.Printers.Count];
            if (printer.File is null)
            {
                fleet.TryPrint(printer.Name, $"part-{i}.gcode");
            }
            else if (i % 7 == 0)
            {
                _allErrors.Add();
                _connectionErrors.Add();
            }
            else
            {
                fleet.TryFinish(printer.Name);
                fleet.TryFetch(printer.Name);
            }
        }
    }
}
