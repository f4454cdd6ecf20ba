using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Reads labels and predictions from what a model of any kind makes of rows.</summary>
internal sealed class ScoreReader
{
    private readonly IExceptionContext _context;
    private readonly string _labelName;
    private readonly DataViewSchema.Column _score;
    private readonly DataViewSchema.Column? _probability;

    /// <param name="context">Makes errors.</param>
    /// <param name="schema">The columns of what the model makes of rows.</param>
    /// <param name="labelName">The column of labels.</param>
    /// <exception cref="ArgumentException">The columns are not those of a classifier or a regression.</exception>
    public ScoreReader(IExceptionContext context, DataViewSchema schema, string labelName)
    {
        (_context, _labelName) = (context, labelName);
        var label = schema.GetColumnOrNull(labelName) ?? throw context.ExceptUserArg(
            nameof(ReportOptions.LabelColumnName),
            $"The rows have no column '{labelName}' behind the model; they have {SlotNames.List([.. schema.Where(column => !column.IsHidden).Select(column => column.Name)])}.");
        _score = schema.GetColumnOrNull(DefaultColumnNames.Score)
            ?? throw context.ExceptUserArg("model", $"The model writes no column '{DefaultColumnNames.Score}': it does not predict.");
        _probability = schema.GetColumnOrNull(DefaultColumnNames.Probability);
        (Classes, IsBinary) = ClassesOf(label);
    }

    public IReadOnlyList<string> Classes { get; }

    public bool IsBinary { get; }

    /// <summary>Reads all rows, or their first ones.</summary>
    /// <param name="scored">What the model made of the rows.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="labels">Of each row, where they are known already; null to read them.</param>
    public ScoredRows Read(IDataView scored, int most, CancellationToken cancellation, IReadOnlyList<float>? labels = null)
    {
        string[] columns = [_score.Name, .. _probability is { } probability ? [probability.Name] : Array.Empty<string>(), .. labels is null ? [_labelName] : Array.Empty<string>()];
        using var cursor = scored.GetRowCursor(columns.Select(name => scored.Schema[name]));
        var readLabel = labels is null ? LabelGetter(cursor) : () => labels[(int)cursor.Position];
        var readPrediction = PredictionGetter(cursor);
        var width = Math.Max(1, Classes.Count);
        var (kept, places, predictions, prediction, skipped) = (new List<float>(), new List<int>(), new List<float>(), new float[width], 0);
        while (kept.Count < most && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            var label = readLabel();
            readPrediction(prediction);
            if (!float.IsFinite(label) || !prediction.All(float.IsFinite))
            {
                skipped++;
                continue;
            }

            kept.Add(label);
            places.Add((int)cursor.Position);
            predictions.AddRange(prediction);
        }

        return new ScoredRows(Classes, [.. kept], [.. predictions], skipped) { IsBinary = IsBinary, Places = [.. places] };
    }

    /// <summary>The labels of all rows; those that are missing are no numbers.</summary>
    public float[] ReadLabels(IDataView scored, CancellationToken cancellation)
    {
        using var cursor = scored.GetRowCursor([scored.Schema[_labelName]]);
        var (read, labels) = (LabelGetter(cursor), new List<float>());
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            labels.Add(read());
        }

        return [.. labels];
    }

    private (IReadOnlyList<string> Classes, bool IsBinary) ClassesOf(DataViewSchema.Column label)
    {
        switch (label.Type, _score.Type)
        {
            case (BooleanDataViewType, NumberDataViewType):
                if (_probability is null)
                {
                    throw _context.ExceptUserArg(
                        "model", $"The model writes no column '{DefaultColumnNames.Probability}': calibrate it, for instance by ml.BinaryClassification.Calibrators.Platt().");
                }

                return (["false", "true"], true);
            case (KeyDataViewType, VectorDataViewType { Size: > 1 } scores):
                var names = SlotNames.Read(_score) ?? ClassAnnotations.NamesOf(label);
                return ([.. Enumerable.Range(0, scores.Size).Select(i => names is not null && i < names.Count && names[i].Length > 0 ? names[i] : (i + 1).ToString(CultureInfo.InvariantCulture))], false);
            case (NumberDataViewType { RawType: var raw }, NumberDataViewType) when raw == typeof(float):
                return ([], false);
            default:
                throw _context.ExceptUserArg(
                    nameof(ReportOptions.LabelColumnName),
                    $"Column '{label.Name}' is {label.Type} and column '{_score.Name}' is {_score.Type}: a report is of labels that are true or false, keys with a score for each class, or numbers.");
        }
    }

    private Func<float> LabelGetter(DataViewRowCursor cursor)
    {
        var column = cursor.Schema[_labelName];
        if (column.Type is BooleanDataViewType)
        {
            var (getter, value) = (cursor.GetGetter<bool>(column), false);
            return () =>
            {
                getter(ref value);
                return value ? 1 : 0;
            };
        }

        if (column.Type is KeyDataViewType)
        {
            var (getter, value) = (cursor.GetKeyGetter(column), 0u);
            return () =>
            {
                getter(ref value);
                return value == 0 || value > Classes.Count ? float.NaN : value - 1;
            };
        }

        var (number, read) = (cursor.GetGetter<float>(column), 0f);
        return () =>
        {
            number(ref read);
            return read;
        };
    }

    private Action<float[]> PredictionGetter(DataViewRowCursor cursor)
    {
        var score = cursor.Schema[_score.Name];
        if (score.Type is VectorDataViewType)
        {
            var (getter, values) = (cursor.GetGetter<VBuffer<float>>(score), default(VBuffer<float>));
            return prediction =>
            {
                getter(ref values);
                values.CopyTo(prediction);
            };
        }

        var (single, value) = (cursor.GetGetter<float>(IsBinary ? cursor.Schema[_probability!.Value.Name] : score), 0f);
        return prediction =>
        {
            single(ref value);
            prediction[^1] = value;
            if (IsBinary)
                prediction[0] = 1 - value;
        };
    }
}
