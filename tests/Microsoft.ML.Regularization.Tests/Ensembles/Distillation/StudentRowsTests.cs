using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Data;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Distillation;

/// <summary>
/// Labels are drawn at random, so that nothing can be learned but the rows themselves: a teacher that has seen a row knows its label, and one that has not is right half
/// of the time.
/// </summary>
[TestClass]
public sealed class StudentRowsTests : IDisposable
{
    private const int Rows = 120;
    private const double Share = 0.25;

    private static readonly TrainingSettings Settings = new()
    {
        Architecture = NetworkArchitecture.Mlp(64, 64),
        Recipe = RegularizationRecipe.None,
        InputScaling = InputScaling.Standardize,
        MaxEpochs = 60,
        BatchSize = 32,
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.Constant,
        Key = RandomKey.FromSeed(7),
        Device = torch.CPU,
    };

    private readonly MLContext _ml = new(seed: 1);
    private readonly IHost _host;
    private readonly IChannel _channel;

    public StudentRowsTests()
    {
        _host = ((IHostEnvironment)_ml).Register("Test");
        _channel = _host.Start("Test");
    }

    [TestMethod]
    public void A_target_is_by_the_networks_that_have_not_seen_the_row()
    {
        var (view, columns, data) = Read(augmentations: null);
        var folds = FoldSplit.Split(_host, _channel, data, folds: 4, groups: [], RandomKey.FromSeed(4));
        var trained = BagTraining.Train(_host, _channel, data, Settings, new BagPlan(Members: 2) { Folds = folds });
        var networks = trained.Members.Select(member => NetworkOf(member.Outcome, member.Input)).ToList();
        var teacher = new TrainedTeacher(new TrainedNetwork(networks, trained.History), folds, trained.OutOfFold);
        var predictions = teacher.Predict(_host, view, columns, data, new FitWatch());
        Assert.AreEqual(Rows, predictions.Count);

        var student = new StudentRows(data, folds[0], new DistilledLabel(columns, predictions, new SoftTargets(Share, classWeights: null)));
        Assert.AreEqual((Rows * 3 / 4, Rows / 4), (student.Training.Count, student.Validation.Count));
        AssertTargets(student, folds.Skip(1));
        Assert.IsTrue(student.TryMergeValidation());
        Assert.AreEqual((Rows, 0), (student.Training.Count, student.Validation.Count));
        AssertTargets(student, folds);

        // Those that have seen a row know it.
        var known = AllRows(data).Average(row => ProbabilityOf(networks, data.Rows.Table.Features(row), data.Rows.Table.MostProbableClass(row)));
        Assert.IsGreaterThan(0.75, known, "the rows are not learned by heart");
        var told = AllRows(data).Average(row => (Table(student).Target(row)[data.Rows.Table.MostProbableClass(row)] - Share) / (1 - Share));
        Assert.IsLessThan(0.62, told);

        void AssertTargets(StudentRows rows, IEnumerable<FoldRows> expected)
        {
            var targets = AllRows(rows.Training.Sample(int.MaxValue)).ToDictionary(row => Key(Table(rows).Features(row)), row => Table(rows).Target(row).ToArray());
            foreach (var (fold, place) in expected.SelectMany(fold => fold.HeldOut.Select(place => (fold, place))))
            {
                var own = Enumerable.Range(0, 2).Select(member => networks[2 * folds.ToList().IndexOf(fold) + member]).ToList();
                var features = data.Rows.Table.Features(place);
                var label = data.Rows.Table.MostProbableClass(place);
                var target = targets[Key(features)];
                for (var k = 0; k < 2; k++)
                    Assert.AreEqual(Share * (k == label ? 1 : 0) + (1 - Share) * ProbabilityOf(own, features, k), target[k], 1e-5);
            }
        }
    }

    /// <summary>Without folds the whole teacher predicts each row, those that it validates on too, and validation stays by the labels.</summary>
    [TestMethod]
    public void Without_folds_a_target_is_by_all_networks()
    {
        var (view, columns, data) = Read(augmentations: null, fraction: 0.25);
        var trained = BagTraining.Train(_host, _channel, data, Settings with { MaxEpochs = 5 }, new BagPlan(Members: 2));
        var networks = trained.Members.Select(member => NetworkOf(member.Outcome, member.Input)).ToList();
        var predictions = new TrainedTeacher(new TrainedNetwork(networks, trained.History), [], OutOfFold: null).Predict(_host, view, columns, data, new FitWatch());
        var student = new StudentRows(data, fold: null, new DistilledLabel(columns, predictions, new SoftTargets(Share, classWeights: null)));
        Assert.AreEqual((Rows * 3 / 4, Rows / 4), (student.Training.Count, student.Validation.Count));
        Assert.IsTrue(AllRows(student.Validation.Sample(int.MaxValue)).All(row => student.Validation.Sample(int.MaxValue).Target(row).IsEmpty), "labels of validation rows are hard");
        Assert.IsTrue(student.TryMergeValidation());

        var table = Table(student);
        Assert.AreEqual(Rows, table.Count);
        foreach (var row in AllRows(table))
        {
            var hard = data.Rows.Table.MostProbableClass(row);
            for (var k = 0; k < 2; k++)
                Assert.AreEqual(Share * (k == hard ? 1 : 0) + (1 - Share) * ProbabilityOf(networks, table.Features(row), k), table.Target(row)[k], 1e-5);
        }
    }

    /// <summary>Augmentations come behind: what they mix are the student's targets, and each epoch draws anew.</summary>
    [TestMethod]
    public void Mixup_mixes_the_targets()
    {
        var (_, columns, data) = Read([new MixupOptions { Alpha = 1, Seed = 5 }], keepsIds: true);
        var predictions = new TeacherPredictions(LearningTask.BinaryClassification.CreateLink(scale: null), width: 1);
        foreach (var (row, id) in data.Rows.RowIds.Index())
            predictions.Add(id, [(float)Math.Log((row + 1.0) / (2 * Rows - row))]);
        var student = new StudentRows(data, fold: null, new DistilledLabel(columns, predictions, new SoftTargets(0, classWeights: null)));

        // Of features and targets of two rows a mixture has the same shares.
        var plain = AllRows(data).Select(row => (Features: data.Rows.Table.Features(row), True: (row + 1.0) / (2 * Rows + 1))).ToList();
        foreach (var epoch in new[] { 1, 2 })
        {
            student.BeginEpoch(epoch);
            var table = Table(student);
            var mixed = 0;
            foreach (var row in AllRows(table))
            {
                var (features, target) = (table.Features(row), table.Target(row)[1]);
                var candidates = plain.Where((_, partner) => partner != row).Select(partner => Residual(plain[row], partner, features, target));
                var least = candidates.Min();
                Assert.IsLessThan(1e-3, least);
                mixed += features.SequenceEqual(plain[row].Features) ? 0 : 1;
            }

            Assert.IsGreaterThan(Rows / 2, mixed);
        }

        static double Residual((float[] Features, double True) own, (float[] Features, double True) partner, float[] features, double target)
        {
            var lambda = (features[0] - partner.Features[0]) / (double)(own.Features[0] - partner.Features[0]);
            var difference = own.Features.Zip(partner.Features, (a, b) => lambda * a + (1 - lambda) * b).Zip(features, (a, b) => Math.Abs(a - b)).Max();
            return difference + Math.Abs(lambda * own.True + (1 - lambda) * partner.True - target);
        }
    }

    public void Dispose() => _channel.Dispose();

    private (IDataView View, TrainingColumns Columns, TrainingSet Data) Read(ValueList<AugmentationOptions>? augmentations, double fraction = 0, bool keepsIds = true)
    {
        var random = new Random(5);
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(_ => new Row
        {
            Features = [.. Enumerable.Range(0, Row.Count).Select(_ => (float)(2 * random.NextDouble() - 1))],
            Label = random.Next(2) == 0,
        }).ToList());
        var columns = new TrainingColumns(_host, view.Schema, LearningTask.BinaryClassification, InputRequests.Of("Features"), "Label", weightName: null);
        var data = new TrainingSet(_host, _channel, view, columns, RandomKey.FromSeed(1), augmentations, new RowCaching { KeepsIds = keepsIds });
        data.Load(validationSet: null, fraction);
        return (view, columns, data);
    }

    private TrainedNetwork NetworkOf(TrainingOutcome outcome, InputLayout input) =>
        new(_host, LearningTask.BinaryClassification, Settings.Architecture, Settings.Recipe, SmallNetwork.Record, input, outputs: 1, outcome);

    private static double ProbabilityOf(IReadOnlyList<TrainedNetwork> networks, float[] features, int label) => networks.Average(network =>
    {
        var outputs = new float[1];
        network.Scorer.Score(features, outputs);
        var ofTrue = 1 / (1 + Math.Exp(-outputs[0]));
        return label == 1 ? ofTrue : 1 - ofTrue;
    });

    private static RowTable Table(StudentRows rows) => ((MemoryDataset)rows.Training).Table;

    private static IEnumerable<int> AllRows(TrainingSet data) => AllRows(data.Rows.Table);

    private static IEnumerable<int> AllRows(RowTable table) => Enumerable.Range(0, table.Count);

    private static string Key(ReadOnlySpan<float> features) => string.Join(' ', features.ToArray());

    private sealed class Row
    {
        public const int Count = 12;

        [VectorType(Count)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
