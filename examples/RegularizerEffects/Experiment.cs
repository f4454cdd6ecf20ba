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
        var train = rows.GroupBy(row => row.Class).SelectMany(group => group.Take((int)Math.Round(share * group.Count()))).ToHashSet();
        var toKey = _ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class)).Fit(view);
        _train = toKey.Transform(_ml.Data.LoadFromEnumerable(rows.Where(train.Contains), schema));
        _test = toKey.Transform(_ml.Data.LoadFromEnumerable(rows.Where(row => !train.Contains(row)), schema));
    }

    public Measures Run(Variant variant)
    {
        var options = variant.Change(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(128, 128),
            Recipe = RegularizationRecipe.None,
            MaxEpochs = 150,
            BatchSize = 32,
        });
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(options);
        var clock = Stopwatch.StartNew();
        ITransformer model = variant.MixupAlpha == 0
            ? trainer.Fit(_train)
            : _ml.Transforms.Mixup(alpha: variant.MixupAlpha).Append(trainer).Fit(_train);
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
