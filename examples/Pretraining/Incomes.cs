using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace Pretraining;

/// <summary>Adult (Kohavi, 1996): 32,561 people of a census, and whether they earn more than 50,000 dollars.</summary>
internal sealed class Incomes(string folder) : TableStudy
{
    // age, fnlwgt, education-num, capital-gain, capital-loss and hours-per-week.
    private static readonly int[] Numbers = [1, 3, 5, 11, 12, 13];
    private static readonly int[] Categories = [2, 4, 6, 7, 8, 9, 10, 14];

    public override string Name => "adult";

    public override string Measure => "log-loss, nats";

    public override IReadOnlyList<Variant> Variants { get; } = [.. Of("Mlp(256, 256)", NetworkArchitecture.Mlp(256, 256), Denoising)];

    protected override IDataView Load(MLContext ml)
    {
        TextLoader.Column[] columns =
        [
            new("Label", DataKind.Boolean, 0), new("Features", DataKind.Single, [.. Numbers.Select(place => new TextLoader.Range(place))]),
            .. Categories.Select(place => new TextLoader.Column($"C{place}", DataKind.String, place)),
        ];
        var rows = ml.Data.LoadFromTextFile(Path.Combine(folder, "adult.csv"), columns, separatorChar: ',', hasHeader: true);
        return ml.Transforms.Conversion.MapValueToKey([.. Categories.Select(place => new InputOutputColumnPair($"C{place}"))]).Fit(rows).Transform(rows);
    }

    protected override PretrainedWeights Pretrain(MLContext ml, NeuralNetworkOptions options, IDataView rows, PretrainingOptions pretraining) =>
        ml.BinaryClassification.Trainers.NeuralNetwork(options).Pretrain(rows, pretraining);

    protected override double Test(MLContext ml, NeuralNetworkOptions options, Draw draw) =>
        ml.BinaryClassification.Evaluate(ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(draw.Labelled).Transform(draw.Test)).LogLoss * Math.Log(2);
}
