using System.Reflection;
using Microsoft.ML;

namespace CreditRisk;

/// <summary>
/// How much a column of the table matters to a model: by how much the area under the ROC curve falls when its values are dealt out anew among the rows
/// (Breiman, 2001). ML.NET's own permutation importance shuffles slots of the feature vector; categories stand beside that vector, so here the column
/// itself is shuffled, before the pipeline.
/// </summary>
internal sealed class Importance(MLContext ml, ITransformer model, IDataView rows)
{
    private readonly List<Application> _rows = [.. ml.Data.CreateEnumerable<Application>(rows, reuseRowObject: false)];

    public double Of(string column, int repetitions)
    {
        var property = typeof(Application).GetProperty(column, BindingFlags.Public | BindingFlags.Instance)!;
        var values = _rows.ConvertAll(row => property.GetValue(row));
        var whole = AreaUnderCurve();
        var losses = new List<double>();
        for (var seed = 1; seed <= repetitions; seed++)
        {
            var shuffled = values.ToArray();
            new Random(seed).Shuffle(shuffled);
            Write(shuffled);
            losses.Add(whole - AreaUnderCurve());
        }

        Write(values);
        return losses.Average();

        void Write(IReadOnlyList<object?> column)
        {
            for (var row = 0; row < _rows.Count; row++)
                property.SetValue(_rows[row], column[row]);
        }
    }

    private double AreaUnderCurve() =>
        ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(ml.Data.LoadFromEnumerable(_rows)), "Bad").AreaUnderRocCurve;
}
