using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/explanations.md, between markers.</summary>
public static class ExplanationSnippets
{
    public static ITransformer Fit(MLContext ml, IDataView train)
    {
        // begin explain
        var pipeline = ml.Transforms.Conversion.MapValueToKey([new("Home"), new("Job")])
            .Append(ml.Transforms.Concatenate("Features", "Seniority", "Income", "Amount"))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { AllKeysAreCategories = true }))
            .Append(ml.Transforms.Explain());
        var model = pipeline.Fit(train);
        // end explain
        return model;
    }

    public static IEnumerable<string> Read(MLContext ml, ITransformer model, IDataView rows)
    {
        // begin explained
        var scored = model.Transform(rows);
        VBuffer<ReadOnlyMemory<char>> columns = default;
        scored.Schema["Contributions"].GetSlotNames(ref columns);
        var names = columns.DenseValues().ToArray();

        foreach (var row in ml.Data.CreateEnumerable<Explained>(scored, reuseRowObject: false))
        {
            var reasons = row.Contributions.Zip(names).OrderByDescending(pair => Math.Abs(pair.First)).Take(3);
            yield return $"{row.Probability:0%}: " + string.Join(", ", reasons.Select(pair => $"{pair.Second} {pair.First:+0.0;-0.0}"));
        }
        // end explained
    }

    public static ITransformer Append(MLContext ml, ITransformer model, IDataView train)
    {
        // begin explainLater
        var explained = model.Append(ml.Transforms.Explain().Fit(model.Transform(train)));
        // end explainLater
        return explained;
    }

    public static IReadOnlyList<ColumnImportance> Importance(MLContext ml, ITransformer model, IDataView test)
    {
        // begin columnImportance
        var columns = ml.Regularization().Importance(model, test);
        foreach (var column in columns)
            Console.WriteLine($"{column.Name}: log-loss +{column.Increase:0.000} ± {column.Deviation:0.000}");
        // end columnImportance
        return columns;
    }

    public sealed class Explained
    {
        public float Probability { get; set; }

        public float[] Contributions { get; set; } = [];
    }
}
