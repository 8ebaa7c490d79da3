using UsageReporting.Server.Dashboard.Writing;

namespace UsageReporting.Server.Dashboard.Charts;

/// <summary>The upright axis of a plot: from zero, as one that begins elsewhere makes small changes look large.</summary>
internal sealed class ValueAxis
{
    /// <summary>The room that its marks take at the left.</summary>
    public const double Room = 42;

    private const int Marks = 4;

    private static readonly double[] RoundSteps = [1, 2, 2.5, 5, 10];

    private readonly double _top;
    private readonly double _height;
    private readonly double _step;
    private readonly Func<double, string> _mark;

    /// <param name="most">The largest number that is drawn.</param>
    /// <param name="top">Where it begins.</param>
    /// <param name="height">How high it is.</param>
    /// <param name="mark">How its numbers are written.</param>
    public ValueAxis(double most, double top, double height, Func<double, string> mark)
    {
        _top = top;
        _height = height;
        _mark = mark;
        _step = StepOf(most);
        Most = Math.Max(1, Math.Ceiling(Math.Round(most / _step, 9))) * _step;
    }

    /// <summary>The number at its end: round, and no smaller than the largest.</summary>
    public double Most { get; }

    /// <summary>Where it ends, at zero.</summary>
    public double Bottom => _top + _height;

    public double PlaceOf(double number) => Bottom - (number / Most * _height);

    public Markup Draw(double right) => Markup.Join(
        from i in Enumerable.Range(0, (int)Math.Round(Most / _step) + 1)
        let number = i * _step
        select Markup.Of($"""<path class="{(i == 0 ? "axis" : "grid")}" d="M{Room} {PlaceOf(number)}H{right}"/>{ChartFrame.Text(Room - 6, PlaceOf(number) + 4, _mark(number), "end")}"""));

    private static double StepOf(double most)
    {
        double least = Math.Max(most, double.Epsilon) / Marks;
        if (most <= 0)
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * RoundSteps.First(step => step * power >= least * (1 - 1e-9));
    }
}
