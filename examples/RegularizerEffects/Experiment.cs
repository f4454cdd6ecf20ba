using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace RegularizerEffects;

/// <summary>One data set, split by one seed: the network is trained on the few rows and tested on the many.</summary>
internal sealed class Experiment
{
    private readonly MLContext _ml;
    private readonly IDataView _train;
    private readonly IDataView _test;

    public Experiment(DataSet data, int seed)
    {
        _ml = new MLContext(seed);
        var view = data.Load(_ml);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = view.Schema[nameof(Row.Features)].Type;
        var rows = _ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false, schemaDefinition: schema).ToArray();
        new Random(seed).Shuffle(rows);
        var share = (double)data.TrainingRows / rows.Length;
        var chosen = rows.GroupBy(row => row.Class).SelectMany(group => group.Take((int)Math.Round(share * group.Count()))).ToHashSet();
        var train = _ml.Data.LoadFromEnumerable(rows.Where(chosen.Contains), schema);
        var test = _ml.Data.LoadFromEnumerable(rows.Where(row => !chosen.Contains(row)), schema);

        // Of one scale, so that the reach of an attack means the same for every feature.
        var preparation = _ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class))
            .Append(_ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Fit(train);
        _train = _ml.Data.Cache(preparation.Transform(train));
        _test = preparation.Transform(test);
    }

    public Measures Run(Variant variant, CancellationToken cancellation)
    {
        var options = variant.Change(new NeuralNetworkOptions
        {
            Architecture = variant.Architecture,
            Recipe = variant.Recipe,
            MaxEpochs = 150,
            BatchSize = 32,
            CancellationToken = cancellation,
        });
        var clock = Stopwatch.StartNew();
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(_train);
        var seconds = clock.Elapsed.TotalSeconds;
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(_test));
        return new Measures(1 - metrics.MicroAccuracy, metrics.LogLoss, seconds);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Class { get; set; } = "";
    }
}
