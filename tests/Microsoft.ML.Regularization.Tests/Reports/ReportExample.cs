using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Reports;

/// <summary>Rows of which one column decides, one helps and one is noise, and models of them.</summary>
internal static class ReportExample
{
    public const int Rows = 400;

    public static Row[] Make(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            var (much, little, noise) = (2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1);
            var sum = 3 * much + little;
            return new Row
            {
                Much = much, Little = little, Noise = noise, Answer = sum > 0 ? "yes" : "no", Number = sum,
                Kind = string.Create(CultureInfo.InvariantCulture, $"<b>{(sum < -1 ? 1 : sum < 1 ? 2 : 3)}&"),
            };
        })];
    }

    public static ITransformer Fit<TTransformer>(MLContext ml, IDataView rows, IEstimator<ITransformer> label, IEstimator<TTransformer> trainer)
        where TTransformer : class, ITransformer =>
        label.Append(ml.Transforms.Concatenate("Features", nameof(Row.Much), nameof(Row.Little), nameof(Row.Noise))).Append(trainer).Fit(rows);

    public static ITransformer FitBinary(MLContext ml, IDataView rows) => Fit(ml, rows, IsYes(ml), ml.BinaryClassification.Trainers.NeuralNetwork(Options));

    public static IEstimator<ITransformer> IsYes(MLContext ml) =>
        ml.Transforms.Conversion.MapValue("Label", [KeyValuePair.Create("yes", true), KeyValuePair.Create("no", false)], nameof(Row.Answer));

    public static NeuralNetworkOptions Options => SmallNetwork.Options with { MaxEpochs = 20, Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping() } };

    internal sealed class Row
    {
        public float Much { get; set; }

        public float Little { get; set; }

        public float Noise { get; set; }

        public string Answer { get; set; } = "";

        public string Kind { get; set; } = "";

        [ColumnName("Number")]
        public float Number { get; set; }
    }
}
