using System.Diagnostics.Metrics;

namespace ScheduledWebApp;

/// <summary>
/// The printers, and what happens with them. It measures that as any application might, and knows nothing of reports.
/// </summary>
internal sealed class PrinterFleet
{
    public const string MeterName = "Printernizer";
    public const string JobsCounter = "printernizer.jobs";
    public const string FilesCounter = "printernizer.files";
    public const string UploadsCounter = "printernizer.uploads";

    private readonly Lock _lock = new();
    private readonly Counter<long> _jobs;
    private readonly Counter<long> _files;
    private readonly Counter<long> _uploads;
    private readonly Printer[] _printers =
    [
        new("Old faithful", "prusa_core"), new("Twin A", "bambu_lab"), new("Twin B", "bambu_lab"), new("The loud one", "klipper"),
    ];

    public PrinterFleet(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _jobs = meter.CreateCounter<long>(JobsCounter, "{job}", "Jobs that were printed.");
        _files = meter.CreateCounter<long>(FilesCounter, "{file}", "Files that were fetched from printers.");
        _uploads = meter.CreateCounter<long>(UploadsCounter, "{file}", "Files that were sent to printers.");
    }

    public IReadOnlyList<Printer> Printers
    {
        get
        {
            lock (_lock)
            {
                return [.. _printers];
            }
        }
    }

    /// <summary>Sends a file to a printer and starts to print it; false where the printer is busy, or there is none.</summary>
    public bool TryPrint(string printer, string file) => TryChange(
        printer,
        idle => idle.File is null ? idle with { File = file } : null,
        _uploads);

    /// <summary>A printer has printed its file.</summary>
    public bool TryFinish(string printer) => TryChange(
        printer,
        busy => busy.File is null ? null : busy with { File = null, Jobs = busy.Jobs + 1 },
        _jobs);

    /// <summary>Fetches a file from a printer.</summary>
    public bool TryFetch(string printer) => TryChange(printer, it => it, _files);

    private bool TryChange(string printer, Func<Printer, Printer?> change, Counter<long> counter)
    {
        lock (_lock)
        {
            int at = Array.FindIndex(_printers, it => it.Name == printer);
            if (at < 0 || change(_printers[at]) is not { } changed)
            {
                return false;
            }

            _printers[at] = changed;
        }

        counter.Add(1);
        return true;
    }
}
