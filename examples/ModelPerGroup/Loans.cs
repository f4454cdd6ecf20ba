using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace ModelPerGroup;

/// <summary>Loans of the Lending Club by the state of the borrower: is one paid back?</summary>
internal sealed class Loans : IGroupTable
{
    private static readonly string[] Categories = ["Term", "SubGrade", "Verification", "Employment"];

    public string Name => "loans by state";

    public string Measure => "log-loss, bits";

    public IEstimator<ITransformer> Pipeline(MLContext ml) => Categories
        .Aggregate(new EstimatorChain<ITransformer>(), (chain, name) => chain.Append((IEstimator<ITransformer>)ml.Transforms.Conversion.MapValueToKey(name)))
        .Append((IEstimator<ITransformer>)ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.RealMlp(), CategoricalColumnNames = [.. Categories],
        }));

    public (IDataView Train, IDataView Test) Load(MLContext ml, int seed)
    {
        var rows = ml.Data.LoadFromTextFile(Path.Combine(AppContext.BaseDirectory, "data", "lending-club", "lending-club.csv"), new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
            MissingRealsAsNaNs = true,
            Columns =
            [
                new("Class", DataKind.String, 0), new("Term", DataKind.String, 2), new("SubGrade", DataKind.String, 4), new(IGroupTable.GroupBy, DataKind.String, 5),
                new("Verification", DataKind.String, 6), new("Employment", DataKind.String, 8),
                new("Features", DataKind.Single, [new(1), new(3), new(7), new(9, 22)]),
            ],
        });
        var labelled = ml.Transforms.Conversion.MapValue("Label", [new("bad", true), new KeyValuePair<string, bool>("good", false)], "Class").Fit(rows).Transform(rows);
        var split = ml.Data.TrainTestSplit(labelled, testFraction: 0.3, seed: seed);
        return (split.TrainSet, split.TestSet);
    }

    public IReadOnlyList<Predicted> Read(IDataView scored) =>
        [.. scored.GetColumn<bool>("Label").Zip(scored.GetColumn<float>("Probability"), (label, probability) => new Predicted(label ? 1 : 0, probability))];

    public double ErrorOf(IReadOnlyCollection<Predicted> rows) =>
        rows.Average(row => -Math.Log2(Math.Max(1e-7, row.Label == 1 ? row.Prediction : 1 - row.Prediction)));
}
