using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Rows that a student learns besides the training rows: mixtures of two of them each, as Mixup makes them, whose targets the whole teacher predicts. They show its
/// function where there are no rows (Fakoor, Mueller, Erickson, Chaudhari and Smola, "Fast, accurate, and simple models for tabular data via augmented distillation",
/// 2020).
/// </summary>
/// <param name="teacher">Predicts.</param>
/// <param name="targets">Of its predictions.</param>
/// <param name="key">Of the random draws.</param>
internal sealed class SyntheticRows(TrainedNetwork teacher, SoftTargets targets, RandomKey key)
{
    // Of few rows many mixtures pay; many rows show a teacher's function by themselves.
    private const int MostOfRow = 9;
    private const int Most = 50_000;

    private const int BlockRows = 1024;

    private readonly BlockScoring _scoring = new(teacher);
    private readonly Imputation? _imputation = teacher.Outcome.Imputation;

    /// <summary>Whether rows are of numbers and categories that can be mixed one by one, and in memory as such.</summary>
    public static bool Suit(InputLayout input, bool isSparse) => !isSparse && input is { Text: null, Image: null, Steps: 0 };

    /// <summary>How many mixtures so many rows get.</summary>
    public static int CountFor(int rows) => rows * Math.Min(MostOfRow, Most / Math.Max(1, rows));

    /// <summary>Adds mixtures of a table's rows behind them.</summary>
    /// <param name="table">The rows, with their targets; those that weigh nothing have no part.</param>
    /// <param name="watch">Ends the scoring with the fit.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public void AddTo(RowTable table, FitWatch watch)
    {
        int[] rows = [.. Enumerable.Range(0, table.Count).Where(row => table.Weight(row) > 0)];
        var count = CountFor(rows.Length);
        var (width, outputs) = (table.FeatureCount, teacher.Outputs);
        var mixed = new float[BlockRows * width];
        var other = new float[width];
        var weights = new float[BlockRows];
        var predictions = new float[BlockRows * outputs];
        var target = new float[table.TargetSize];
        for (var first = 0; first < count; first += BlockRows)
        {
            watch.ThrowIfInterrupted();
            var size = Math.Min(BlockRows, count - first);
            for (var i = 0; i < size; i++)
                weights[i] = Mix(table, rows, first + i, mixed.AsSpan(i * width, width), other);
            _scoring.Score(Filled(mixed, size, width), size, predictions);
            for (var i = 0; i < size; i++)
            {
                var prediction = predictions.AsSpan(i * outputs, outputs);
                teacher.Link.Apply(prediction);
                targets.Soften(prediction, target);
                table.Add(mixed.AsSpan(i * width, width), target, weights[i]);
            }
        }
    }

    // Numbers are mixed; of a category, and where a number is missing, one of both is drawn.
    private float Mix(RowTable table, int[] rows, int item, Span<float> mixed, Span<float> theirs)
    {
        var stream = new KeyedStream(key, (ulong)item);
        var (own, other) = (rows[item % rows.Length], rows[stream.NextInt64(rows.Length)]);
        var share = (float)stream.NextDouble();
        table.CopyFeatures(own, mixed);
        table.CopyFeatures(other, 0, theirs);
        for (var slot = 0; slot < mixed.Length; slot++)
        {
            var (a, b) = (mixed[slot], theirs[slot]);
            mixed[slot] = slot >= teacher.Input.Numbers || float.IsNaN(a) || float.IsNaN(b) ? (stream.NextDouble() < share ? a : b) : float.Lerp(b, a, share);
        }

        return float.Lerp(table.Weight(other), table.Weight(own), share);
    }

    // Each of several networks fills in missing numbers in its own way; one by itself has them filled in.
    private float[] Filled(float[] rows, int count, int width)
    {
        if (_imputation is null)
            return rows;

        var filledWidth = teacher.FilledInput.Width;
        var filled = new float[count * filledWidth];
        for (var i = 0; i < count; i++)
            _imputation.Apply(rows.AsSpan(i * width, width), filled.AsSpan(i * filledWidth, filledWidth));
        return filled;
    }
}
