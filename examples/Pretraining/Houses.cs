using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace Pretraining;

/// <summary>California housing (Pace and Barry, 1997): 20,640 districts, and the median value of their houses in 100,000 dollars.</summary>
internal sealed class Houses(string folder) : TableStudy
{
    public override string Name => "california-housing";

    public override string Measure => "RMSE, 100,000 dollars";

    public override IReadOnlyList<Variant> Variants { get; } = [.. Of("Mlp(256, 256)", NetworkArchitecture.Mlp(256, 256), [.. Denoising, .. Contrast])];

    private static Start[] Contrast =>
        [new("contrast, body at 0.3 of the rate", PretextTask.Contrast(), new FineTuning { BodyRate = 0.3 }), new("contrast, body frozen", PretextTask.Contrast(), FineTuning.HeadAlone)];

    protected override IDataView Load(MLContext ml)
    {
        var options = new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            MissingRealsAsNaNs = true,
            Columns = [new("Dollars", DataKind.Single, 0), new("Features", DataKind.Single, 1, 8), new("Place", DataKind.String, 9)],
        };
        var rows = ml.Data.LoadFromTextFile(Path.Combine(folder, "california-housing.csv"), options);
        return ml.Transforms.Conversion.MapValueToKey("Place").Append(ml.Transforms.NormalizeMinMax("Label", "Dollars")).Fit(rows).Transform(rows);
    }

    protected override PretrainedWeights Pretrain(MLContext ml, NeuralNetworkOptions options, IDataView rows, PretrainingOptions pretraining) =>
        ml.Regression.Trainers.NeuralNetwork(options).Pretrain(rows, pretraining);

    // The largest value is 500,001 dollars.
    protected override double Test(MLContext ml, NeuralNetworkOptions options, Draw draw) =>
        ml.Regression.Evaluate(ml.Regression.Trainers.NeuralNetwork(options).Fit(draw.Labelled).Transform(draw.Test)).RootMeanSquaredError * 5.00001;
}
