using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.Members;

/// <summary>The members' deviation against one that is computed from each member by itself.</summary>
[TestClass]
public sealed class MemberDeviationTests
{
    private const string Column = "MemberDeviation";

    private static readonly NeuralNetworkOptions Small = SmallNetwork.Options with { Architecture = NetworkArchitecture.Mlp(8), MaxEpochs = 4 };

    private static readonly Dictionary<string, NeuralNetworkOptions> Kinds = new()
    {
        ["members"] = Small with { Members = 3, ValidationFraction = 0.3 },
        ["folds"] = Small with { Folds = 3 },
        ["TabM"] = Small with { Architecture = NetworkArchitecture.TabM(4, 8), ValidationFraction = 0.3 },
        ["TabM of values"] = Small with { Architecture = NetworkArchitecture.TabM(3, 8) with { AveragesProbabilities = false, NumericalEmbedding = null } },
        ["bag of TabM"] = Small with { Architecture = NetworkArchitecture.TabM(3, 8), Members = 2 },
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases => from kind in Kinds.Keys from task in LearningTasks.All select new object[] { kind, task.Name };

    private static IEnumerable<object[]> TaskNames => LearningTasks.All.Select(task => new object[] { task.Name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_is_that_of_the_members_by_themselves(string kind, string taskName)
    {
        var rows = WithGaps(80);
        var model = Fit(kind, taskName, _ml.Data.LoadFromEnumerable(rows));
        var network = model.GetNeuralNetwork();
        var deviations = Read(model.Append(_ml.Transforms.MemberDeviation()), rows);

        Assert.IsTrue(deviations.All(row => row.All(value => value > 0)));
        for (var row = 0; row < rows.Count; row++)
            Closeness.AssertClose(MembersByHand.Deviation(MembersByHand.Of(network, rows[row].Features)), deviations[row], 1e-5, $"row {row}");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Files_engines_and_parallel_cursors_give_the_same_bits(string kind, string taskName)
    {
        var rows = WithGaps(60);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var model = Fit(kind, taskName, view).Append(_ml.Transforms.MemberDeviation());
        var expected = Read(model, rows);

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        SmallNetwork.AssertEqual(expected, Read(loaded, rows));

        var parts = new List<float[]>[2];
        Parallel.For(0, parts.Length, part => parts[part] = Read(loaded, rows));
        foreach (var part in parts)
            SmallNetwork.AssertEqual(expected, part);
        SmallNetwork.AssertEqual([.. expected.AsEnumerable().Reverse()], Read(loaded, [.. rows.AsEnumerable().Reverse()]));

        var isVector = taskName == LearningTask.MulticlassClassification.Name;
        SmallNetwork.AssertEqual(expected, isVector ? Engine<Vectors>(loaded, rows, row => row.MemberDeviation) : Engine<Number>(loaded, rows, row => [row.MemberDeviation]));
    }

    /// <summary>A pack's networks count by different shares.</summary>
    [TestMethod]
    public void Shares_count()
    {
        var rows = Example.Clusters(40);
        var bag = Fit("members", LearningTask.Regression.Name, _ml.Data.LoadFromEnumerable(rows)).GetNeuralNetwork();
        var model = new TrainedNetwork(bag.Members, bag.History, [0.7, 0.2, 0.1]);
        var deviations = Read(_ml.Transforms.MemberDeviation(model).Fit(_ml.Data.LoadFromEnumerable(rows)), rows);
        for (var row = 0; row < rows.Count; row++)
        {
            var members = MembersByHand.Of(model, rows[row].Features);
            Assert.AreEqual(0.7, members[0].Share);
            Closeness.AssertClose(MembersByHand.Deviation(members), deviations[row], 1e-5, $"row {row}");
        }

        // One network agrees with itself.
        var single = new TrainedNetwork([bag.Members[0]], bag.History);
        Assert.IsTrue(Read(_ml.Transforms.MemberDeviation(single).Fit(_ml.Data.LoadFromEnumerable(rows)), rows).All(row => row[0] == 0));
    }

    [TestMethod]
    [DynamicData(nameof(TaskNames))]
    public void In_a_pipeline_it_keeps_its_promise_and_its_name(string taskName)
    {
        var rows = _ml.Rows(60);
        var options = Small with { Members = 2, FeatureColumnName = "Own" };
        var trainer = _ml.Transforms.CopyColumns("Own", "Features").Append(EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, options));
        var pipeline = trainer.AppendCacheCheckpoint(_ml).Append(_ml.Transforms.MemberDeviation("Spread"));
        SchemaShapes.AssertPromise(pipeline, rows);

        var model = pipeline.Fit(rows);
        Assert.AreEqual(("Own", "Spread"), (model.LastTransformer.Options.FeatureColumnName, model.LastTransformer.Options.DeviationColumnName));
        var given = model.Append(_ml.Transforms.MemberDeviation(model.GetNeuralNetwork(), "Own", "Again"));
        SmallNetwork.AssertEqual(Read(model.Transform(rows), "Spread"), Read(given.Transform(rows), "Again"));
    }

    [TestMethod]
    public void Deviations_of_classes_are_named_by_them()
    {
        var view = _ml.Rows(60);
        var model = _ml.Transforms.Conversion.MapValueToKey("Key", "Name")
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Small with { Members = 2, LabelColumnName = "Key" })).Append(_ml.Transforms.MemberDeviation()).Fit(view);
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.Transform(view).Schema[Column].GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { "class 0", "class 1", "class 2" }, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Behind_a_network_that_is_trained_further_it_is_of_the_new_one()
    {
        var rows = _ml.Rows(60);
        var trainer = _ml.Regression.Trainers.NeuralNetwork(Small with { Members = 2, LabelColumnName = "Target" });
        var first = trainer.Append(_ml.Transforms.MemberDeviation()).Fit(rows);
        var second = first.ContinueTraining(rows, trainer);
        var expected = Read(_ml.Transforms.MemberDeviation(second.GetNeuralNetwork()).Fit(rows).Transform(rows), Column);
        SmallNetwork.AssertEqual(expected, Read(second.Transform(rows), Column));
        CollectionAssert.AreNotEqual(Read(first.Transform(rows), Column)[0], expected[0]);
    }

    private ITransformer Fit(string kind, string taskName, IDataView view) => EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, Kinds[kind]).Fit(view);

    private static List<Example> WithGaps(int count)
    {
        var rows = Example.Clusters(count);
        foreach (var row in rows.Where(row => row.Id % 5 == 2))
            row.Features[row.Id % 4] = float.NaN;
        foreach (var row in rows.Where(row => float.IsNaN(row.Target)))
            row.Target = 0;
        return rows;
    }

    private List<float[]> Read(ITransformer model, List<Example> rows) => Read(model.Transform(_ml.Data.LoadFromEnumerable(rows)), Column);

    private static List<float[]> Read(IDataView view, string column) => view.Schema[column].Type is VectorDataViewType
        ? [.. view.GetColumn<float[]>(column)]
        : [.. view.GetColumn<float>(column).Select(value => new[] { value })];

    private List<float[]> Engine<T>(ITransformer model, List<Example> rows, Func<T, float[]> read)
        where T : class, new()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Example, T>(model, new PredictionEngineOptions { OwnsTransformer = false });
        return rows.ConvertAll(row => read(engine.Predict(row)).ToArray());
    }

    private sealed class Number
    {
        public float MemberDeviation { get; set; }
    }

    private sealed class Vectors
    {
        public float[] MemberDeviation { get; set; } = [];
    }
}
