using UsageReporting;

namespace ConsentLevels;

/// <summary>Level full: what of the viewer is used.</summary>
internal sealed class ViewerCollector(NapariSettings settings) : IUsageCollector, IDeclareUsageFields
{
    private static readonly Vocabulary KnownCommands =
    [
        "napari.layer.new_image", "napari.layer.new_labels", "napari.layer.new_points", "napari.layer.new_shapes",
        "napari.layer.delete_selected", "napari.viewer.toggle_grid", "napari.viewer.toggle_ndisplay",
        "napari.window.file.open_files_dialog", "napari.window.plugins.plugin_install_dialog",
    ];

    private static readonly Vocabulary KnownSizes =
    [
        "numpy.small", "numpy.medium", "numpy.large", "numpy.very_large", "dask.small", "dask.medium", "dask.large",
        "dask.very_large", "zarr.small", "zarr.medium", "zarr.large", "zarr.very_large",
    ];

    private static readonly CountsField Commands = UsageField.Counts(
        "command_usage", "Commands", "Which commands are used, and how often.", KnownCommands, 1, 1_000_000) with { Level = UsageLevel.Full };

    private static readonly CountsField DataSizes = UsageField.Counts(
        "data_sizes", "Data sizes", "Which kinds and sizes of data to optimise for.", KnownSizes, 1, 1_000_000) with { Level = UsageLevel.Full };

    private static readonly SetField LayerTypes = UsageField.Set(
        "layer_types", "Layer types", "Which kinds of layers are used.",
        ["image", "labels", "points", "shapes", "surface", "tracks", "vectors"]) with { Level = UsageLevel.Full };

    private static readonly BucketField Layers = UsageField.Bucket(
        "layer_count", "Layers", "How many layers are open at once, as a range.", [0, 1, 2, 5, 10, 50]) with { Level = UsageLevel.Full };

    public static IReadOnlyList<UsageField> Fields => [Commands, DataSizes, LayerTypes, Layers];

    public ValueTask CollectAsync(UsageValues values, CancellationToken cancellationToken)
    {
        values.Set(Commands, settings.Commands);
        values.Set(DataSizes, settings.DataSizes);
        values.Set(LayerTypes, settings.LayerTypes);
        values.Set(Layers, settings.Layers);
        return ValueTask.CompletedTask;
    }
}
