using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Efforts;

/// <summary>A made table and the networks that learn it.</summary>
/// <param name="Name">What the table calls them.</param>
/// <param name="Options">The trainer's.</param>
/// <param name="Rows">Rows to train on.</param>
/// <param name="Numbers">Numbers of a row.</param>
/// <param name="Classes">How many there are; null for numbers.</param>
/// <param name="Fits">Fits one after the other.</param>
internal sealed record EffortWorkload(string Name, NeuralNetworkOptions Options, int Rows, int Numbers, int? Classes, int Fits = 1)
{
    // What a label is made of: a network of so many random units, and a tenth of noise.
    private const int Units = 24;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EffortWorkload> All { get; } =
    [
        .. from effort in new[] { TrainingEffort.Quick, TrainingEffort.Standard }
           from table in new (int Rows, int Numbers, int? Classes)[]
           {
               (300, 10, 2), (300, 10, null), (999, 10, 2), (999, 50, 2), (999, 10, null), (999, 50, null), (999, 16, 10), (5000, 16, 2), (5000, 16, null), (16_000, 16, 26),
           }
           select Of(effort, table.Rows, table.Numbers, table.Classes),
        Of(TrainingEffort.Strong, 999, 10, 2),
        Of(TrainingEffort.Strong, 999, 10, null),
        Of(TrainingEffort.Strong, 20_000, 8, 2),
        Of(TrainingEffort.Strong, 20_000, 8, null),
        .. from classes in new int?[] { 2, null }
           from workload in new EffortWorkload[]
           {
               new("pack of 16", new() { Pack = new PackOptions() }, 2000, 16, classes),
               new("16 fits of RealMlp()", new() { Architecture = NetworkArchitecture.RealMlp() }, 2000, 16, classes, Fits: 16),
           }
           select workload,
    ];

    /// <summary>The trainer that a user writes.</summary>
    public IEstimator<ITransformer> Trainer(MLContext ml)
    {
        return Classes switch
        {
            null => ml.Regression.Trainers.NeuralNetwork(Options),
            2 => ml.BinaryClassification.Trainers.NeuralNetwork(Options),
            _ => ml.MulticlassClassification.Trainers.NeuralNetwork(Options),
        };
    }

    /// <summary>The rows, the same in each process.</summary>
    public IDataView View()
    {
        var random = new Random(1);
        var outputs = Classes ?? 1;
        var first = Draw(random, Units * Numbers, 1 / MathF.Sqrt(Numbers));
        var second = Draw(random, outputs * Units, 1 / MathF.Sqrt(Units));
        var rows = Enumerable.Range(0, Rows).Select(_ =>
        {
            var features = Draw(random, Numbers, 1);
            var units = Enumerable.Range(0, Units).Select(unit => MathF.Sin(3 * Dot(first, unit, features))).ToArray();
            var scores = Enumerable.Range(0, outputs).Select(output => Dot(second, output, units) + 0.1f * Draw(random, 1, 1)[0]).ToArray();
            var place = Array.IndexOf(scores, scores.Max());
            return new Row { Features = features, Number = scores[0], Flag = place == 0, Class = (uint)place + 1 };
        }).ToList();

        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Numbers);
        schema[nameof(Row.Class)].ColumnType = new KeyDataViewType(typeof(uint), Classes ?? 2);
        schema[Classes switch { null => nameof(Row.Number), 2 => nameof(Row.Flag), _ => nameof(Row.Class) }].ColumnName = "Label";
        return new MLContext().Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>As the table says it.</summary>
    public string Labels => Classes is { } classes ? $"{classes} classes" : "numbers";

    private static EffortWorkload Of(TrainingEffort effort, int rows, int numbers, int? classes) => new($"{effort}", new() { Effort = effort }, rows, numbers, classes);

    private static float[] Draw(Random random, int count, float scale) =>
        [.. Enumerable.Range(0, count).Select(_ => scale * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static float Dot(float[] weights, int row, float[] values) =>
        System.Numerics.Tensors.TensorPrimitives.Dot(weights.AsSpan(row * values.Length, values.Length), values);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Number { get; set; }

        public bool Flag { get; set; }

        public uint Class { get; set; }
    }
}
