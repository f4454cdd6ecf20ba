using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Learns fill values for missing numbers and the scales of all numbers from training rows. Each row counts once, whatever its example weight, except that
/// rows of weight 0 do not count.
/// </summary>
internal sealed class InputStatistics
{
    private readonly InputScaling _scaling;
    private readonly InputLayout _input;
    private readonly long _rows;
    private readonly long[] _gaps;
    private readonly int _steps;
    private readonly bool _areSparse;

    private InputStatistics(InputScaling scaling, Dataset rows, InputLayout input, RowSummary summary, FitWatch? watch, bool areSparse)
    {
        _scaling = scaling;
        _input = input;
        _rows = summary.WeightedCount;
        _areSparse = areSparse;
        _steps = Math.Max(1, input.Steps);
        _gaps = new long[StepSize];
        for (var i = 0; i < Math.Min(summary.Gaps.Length, input.Numbers); i++)
            _gaps[i % StepSize] += summary.Gaps[i];

        var usesRanks = HasRanks || !HasNoGaps;
        var sample = usesRanks ? rows.Sample(RankedNumbers.MostRows) : null;
        Numbers = scaling switch
        {
            InputScaling.Standardize when areSparse => SparseStatistics.Standardize(rows, input.Numbers, watch),
            InputScaling.Standardize => Share(Standardization.Of(rows, input.Numbers, watch)),
            InputScaling.UnitLength => CommonLength.Of(rows, input.Numbers, watch),
            InputScaling.RobustSmoothClip or InputScaling.NormalQuantiles when areSparse => SparseStatistics.Scales(sample!, input.Numbers),
            InputScaling.RobustSmoothClip or InputScaling.NormalQuantiles => RankedNumbers.Scales(sample!, input.Numbers, watch),
            _ => [],
        };
        if (!HasNoGaps)
            Imputation = Impute(sample!, watch);
        if (scaling != InputScaling.None)
            Scaler = Scale();
        if (scaling == InputScaling.NormalQuantiles)
            Scaler = Scaler! with { Quantiles = Tabulate(NormalScores.Learn(sample!, input.Numbers, areSparse, watch)) };
    }

    /// <summary>Fills in missing numbers; null for images, which have none.</summary>
    public Imputation? Imputation { get; }

    /// <summary>Scales numbers and indicators; null if they are not scaled.</summary>
    public InputScaler? Scaler { get; }

    /// <summary>The scale of each number of the columns; empty if they are not scaled.</summary>
    public IReadOnlyList<NumberScale> Numbers { get; }

    /// <summary>For each number of a table, or of the steps of a sequence, how many times it is missing.</summary>
    public IReadOnlyList<long> Gaps => _gaps;

    private bool HasNoGaps => _input.Image is not null;

    // Whether the scale of a number is that of its ranks among the rows, so that its center is the median.
    private bool HasRanks => _scaling is InputScaling.RobustSmoothClip or InputScaling.NormalQuantiles;

    private int StepSize => _input.Numbers / _steps;

    private long Times => _rows * _steps;

    /// <summary>Null for an input without numbers.</summary>
    /// <param name="scaling">How they are scaled.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="input">The meaning of their floats.</param>
    /// <param name="summary">How many rows weigh something, and which of their floats are missing.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    /// <param name="areSparse">Whether most numbers are 0: see <see cref="SparseStatistics"/>.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public static InputStatistics? Learn(
        InputScaling scaling, Dataset rows, InputLayout input, RowSummary summary, FitWatch? watch = null, bool areSparse = false) =>
        input.Numbers == 0 ? null : new InputStatistics(scaling, rows, input, summary, watch, areSparse);

    private NumberScale[] Share(NumberScale[] numbers) =>
        _input.Image is { } image ? Standardization.Share(
            numbers,
            image.Order == ChannelOrder.ChannelsFirst ? number => number / (image.Height * image.Width) : number => number % image.Channels)
        : _input.Steps > 0 ? Standardization.Share(numbers, number => number % StepSize)
        : numbers;

    private Imputation Impute(RowTable sample, FitWatch? watch)
    {
        // The center of a table's robust scaling is the median already.
        var isKnown = HasRanks && _input.Steps == 0;
        return new Imputation
        {
            Fill = isKnown ? [.. Numbers.Select(number => (float)number.Center)]
                : _areSparse ? SparseStatistics.Medians(sample, StepSize)
                : RankedNumbers.Medians(sample, StepSize, _steps, watch),
            Indicated = [.. Enumerable.Range(0, StepSize).Where(i => _gaps[i] > 0 && _gaps[i] < Times)],
            Unknown = [.. Enumerable.Range(0, StepSize).Where(i => _gaps[i] == Times)],
            Steps = _steps,
        };
    }

    // Indicators follow the numbers of each step.
    private InputScaler Scale()
    {
        var scales = new List<NumberScale>();
        for (var step = 0; step < _steps; step++)
        {
            scales.AddRange(Numbers.Skip(step * StepSize).Take(StepSize));
            scales.AddRange((Imputation?.Indicated ?? []).Select(ScaleOfIndicator));
        }

        return new InputScaler(_scaling, [.. scales.Select(scale => scale.Origin)], [.. scales.Select(scale => scale.Factor)]);
    }

    private QuantileTable Tabulate((float[] Values, float[] Scores)[] numbers) => QuantileTable.Of(
        [.. Enumerable.Range(0, _steps).SelectMany(step => numbers.Skip(step * StepSize).Take(StepSize).Concat(
            (Imputation?.Indicated ?? []).Select(number => NormalScores.OfFlag(Times, _gaps[number]))))]);

    private NumberScale ScaleOfIndicator(int number)
    {
        var scale = FlagScale.Of(_scaling, Times, _gaps[number]);
        return _areSparse && 2 * _gaps[number] < Times ? scale with { Center = 0 } : scale;
    }
}
