using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Distillation;

[TestClass]
public sealed class DistillationTests
{
    /// <summary>Two networks on each of three folds teach one of the same kind.</summary>
    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with
    {
        Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = 5 }, LabelSmoothing = 0.1 },
        Members = 2,
        Folds = 3,
        DistillInto = NetworkArchitecture.Mlp(8),
        Seed = 3,
    };

    private static readonly NeuralNetworkOptions Pack = new()
    {
        Architecture = new RealMlpArchitecture { HiddenSizes = [16, 16] },
        Pack = new PackOptions { Members = 3, MaxSnapshots = 4 },
        MaxEpochs = 6,
        BatchSize = 32,
        DistillInto = new RealMlpArchitecture { HiddenSizes = [8] },
        Seed = 3,
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Teachers =>
        from task in LearningTasks.All
        from teacher in new[] { Options, Options with { Folds = null, Recipe = RegularizationRecipe.SmallDataset }, Pack with { Folds = 3 }, Pack }
        select new object[] { task.ToString(), teacher };

    [TestMethod]
    [DynamicData(nameof(Teachers))]
    public void The_model_is_one_network_that_is_saved_with_both_histories(string taskName, NeuralNetworkOptions options)
    {
        var task = LearningTasks.Find(taskName)!;
        var rows = _ml.Rows(150);
        var reports = new List<EpochReport>();
        var own = options with { Progress = new SmallNetwork.Callback(reports.Add), MaxEpochs = options.Pack is null ? 25 : 12 };
        if (!EveryTask.HasClasses(task))
            own = own with { Recipe = own.Recipe is null ? null : own.Recipe with { LabelSmoothing = 0 } };
        var model = EveryTask.Trainer(_ml, task, own).Fit(rows);

        var network = model.GetNeuralNetwork();
        Assert.IsEmpty(network.Members);
        Assert.AreEqual(options.DistillInto!.GetType(), network.Architecture.GetType());
        Assert.AreEqual(0, network.Recipe.LabelSmoothing);
        var (history, teacher) = (network.History, network.History.Teacher!);
        Assert.AreEqual(options.Pack is not null, teacher.Pack is not null);
        Assert.AreEqual(options.Folds is null ? 30 : 150, teacher.ValidationRows);
        Assert.AreEqual(options.Folds is null ? 30 : 50, history.ValidationRows);
        Assert.AreEqual(EveryTask.HasClasses(task), history.Calibration is not null);
        Assert.Contains("Its teacher: ", history.ToString());

        // Both phases report, one after the other, and the student's are in its history.
        var first = reports.FindIndex(report => report.IsStudent);
        Assert.IsTrue(reports.Take(first).All(report => report.Member is not null) && reports.Skip(first).All(report => report is { IsStudent: true, Member: null, Fold: null }));
        CollectionAssert.AreEqual(history.Epochs.Concat(history.RetrainingEpochs).ToList(), reports.Skip(first).ToList());
        Assert.StartsWith("student, epoch 1 of", reports[first].ToString());

        // The clusters are hard to miss.
        var scored = model.Transform(rows);
        var quality = !EveryTask.HasClasses(task) ? _ml.Regression.Evaluate(scored, "Target").RSquared
            : task == LearningTask.BinaryClassification ? _ml.BinaryClassification.Evaluate(scored, "Flag").Accuracy
            : _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        Assert.IsGreaterThan(0.7, quality);

        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        SmallNetwork.AssertEqual(EveryTask.Scores(model, rows), EveryTask.Scores(loaded, rows));
        Assert.AreEqual(history.ToString(), loaded.GetNeuralNetwork().History.ToString());
        Assert.AreEqual(teacher.Pack, loaded.GetNeuralNetwork().History.Teacher!.Pack);
    }

    /// <summary>The teacher of a student is what is trained without one.</summary>
    [TestMethod]
    public void The_teacher_is_the_model_without_a_student()
    {
        var alone = _ml.Fit(Options with { DistillInto = null }, _ml.Rows(90)).Model.History;
        var teacher = _ml.Fit(Options, _ml.Rows(90)).Model.History.Teacher!;
        CollectionAssert.AreEqual(
            alone.Epochs.Select(epoch => epoch.ValidationLoss).ToList(), teacher.Epochs.Select(epoch => epoch.ValidationLoss).ToList());
        Assert.AreEqual(alone.OutOfFoldMetrics![ValidationMetric.Loss], teacher.OutOfFoldMetrics![ValidationMetric.Loss]);
        Assert.AreEqual(alone.Calibration, teacher.Calibration);
    }

    [TestMethod]
    public void A_student_of_another_kind_has_the_defaults_of_its_architecture_and_the_augmentations_of_the_recipe()
    {
        var augmentations = new ValueList<AugmentationOptions>([new MixupOptions { Alpha = 0.4 }]);
        var options = Options with
        {
            DistillInto = NetworkArchitecture.ResidualMlp(8, 1), LearningRate = 0.02, BatchSize = 17, Recipe = Options.Recipe! with { Augmentations = augmentations },
        };
        var network = _ml.Fit(options, _ml.Rows(60)).Model.Network;
        Assert.AreEqual((0.001, 64), (network.Training.LearningRate, network.Training.BatchSize));
        Assert.AreEqual(augmentations, network.Recipe.Augmentations);
        Assert.AreEqual(RegularizationRecipe.SmallDataset.Dropout, network.Recipe.Dropout);

        var same = _ml.Fit(options with { DistillInto = NetworkArchitecture.Mlp(8) }, _ml.Rows(60)).Model.Network;
        Assert.AreEqual((0.02, 17), (same.Training.LearningRate, same.Training.BatchSize));
    }

    [TestMethod]
    public void An_effort_is_a_teacher()
    {
        using var source = new CancellationTokenSource();
        var options = new NeuralNetworkOptions { DistillInto = NetworkArchitecture.Mlp(8), CancellationToken = source.Token, Progress = new SmallNetwork.Callback(_ => source.Cancel()) };
        var teacher = _ml.Fit(options, _ml.Rows(60)).Model.Network;
        Assert.IsInstanceOfType<RealMlpArchitecture>(teacher.Architecture);
        Assert.HasCount(10, teacher.Members);
        Assert.AreEqual(60, teacher.History.ValidationRows);
    }

    [TestMethod]
    public void Weights_of_rows_and_classes_and_missing_labels_are_minded()
    {
        var examples = Example.Clusters(90);
        examples.ForEach(row => row.Label = row.Id % 10 == 9 ? 7 : row.Label);
        var rows = _ml.Data.LoadFromEnumerable(examples);
        var network = _ml.Fit(Options with { ExampleWeightColumnName = "Weight", ClassWeights = ClassWeights.Balanced }, rows).Model.Network;
        Assert.AreEqual((81, 81), (network.History.Teacher!.TrainingRows, network.History.TrainingRows + network.History.ValidationRows));
        Assert.HasCount(network.History.ModelEpoch, network.History.RetrainingEpochs);
    }

    private static IEnumerable<object[]> Resumable =>
    [
        [Options with { MaxEpochs = 3 }],
        [Options with { MaxEpochs = 3, Recipe = Options.Recipe! with { Augmentations = [new MixupOptions { Alpha = 0.4 }] } }],
        [Options with { MaxEpochs = 3, Folds = null, Recipe = RegularizationRecipe.SmallDataset }],
        [Pack with { MaxEpochs = 3, Folds = 2 }],
    ];

    [TestMethod]
    [DynamicData(nameof(Resumable))]
    public void A_run_that_is_interrupted_in_either_phase_ends_with_the_same_bits(NeuralNetworkOptions options)
    {
        var view = _ml.Rows(90);
        var phases = new HashSet<bool>();
        var (model, interruptions) = InterruptedTraining.Fit(options, Fit, checkpoints: 2);
        Assert.IsGreaterThan(3, interruptions);
        Assert.HasCount(2, phases);
        InterruptedTraining.AssertSame(Fit(options), model);

        ITransformer Fit(NeuralNetworkOptions own)
        {
            var fitted = new MLContext(seed: 4).Fit(own, view);
            phases.Add(fitted.Model.History.Teacher is null);
            return fitted;
        }
    }

    [TestMethod]
    public void Cancelled_while_the_teacher_trains_or_before_the_first_epoch_of_the_student_the_model_is_the_teacher()
    {
        foreach (var late in new[] { false, true })
        {
            using var source = new CancellationTokenSource();
            var log = new LogRecorder(_ml);
            var options = Options with
            {
                CancellationToken = source.Token,
                Progress = new SmallNetwork.Callback(report =>
                {
                    if (report.Epoch == (late ? Options.MaxEpochs : 3))
                        source.Cancel();
                }),
                Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = int.MaxValue } },
            };
            var network = _ml.Fit(options, _ml.Rows(60)).Model.Network;
            Assert.HasCount(6, network.Members);
            Assert.AreEqual(StopReason.Cancelled, network.History.StopReason);
            Assert.IsNull(network.History.Teacher);
            Assert.Contains("the model is its teacher, 6 networks", string.Join("\n", log.Warnings));
        }
    }

    [TestMethod]
    public void Cancelled_later_the_model_is_the_best_student_so_far()
    {
        using var source = new CancellationTokenSource();
        var options = Options with
        {
            CancellationToken = source.Token,
            Progress = new SmallNetwork.Callback(report =>
            {
                if (report is { IsStudent: true, Epoch: 2 })
                    source.Cancel();
            }),
        };
        var network = _ml.Fit(options, _ml.Rows(60)).Model.Network;
        Assert.IsEmpty(network.Members);
        Assert.AreEqual((StopReason.Cancelled, 2), (network.History.StopReason, network.History.Epochs.Count));
        Assert.IsNotNull(network.History.Teacher);
    }

    /// <summary>The clock goes on with each look. A teacher that would take all of the time leaves a fifth to the student.</summary>
    [TestMethod]
    public void Of_a_time_limit_the_student_has_its_part()
    {
        var clock = new FakeClock { Step = TimeSpan.FromSeconds(1) };
        var options = Options with
        {
            MaxEpochs = 10_000, Folds = null, Time = clock, TimeLimit = TimeSpan.FromSeconds(5000),
            Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = int.MaxValue } },
        };
        var network = _ml.Fit(options, _ml.Rows(60)).Model.Network;
        Assert.AreEqual((StopReason.TimeLimit, StopReason.TimeLimit), (network.History.Teacher!.StopReason, network.History.StopReason));
        Assert.IsGreaterThan(0, network.History.Epochs.Count);
    }

    private static IEnumerable<object[]> Contradictions =>
    [
        [Options with { Members = null, Folds = null }, "DistillInto is Mlp(8), ReLU, but there are no networks to learn from: Members, Folds and Pack are null"],
        [Options with { Members = 1, Folds = null }, "Members is 1"],
        [new NeuralNetworkOptions { Effort = TrainingEffort.Quick, DistillInto = NetworkArchitecture.Mlp(8) }, "Effort is Quick"],
        [Options with { Folds = null, DataCaching = DataCaching.None }, "DataCaching is None"],
        [Options with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None }, "Loss is focal"],
        [Options with { DistillInto = NetworkArchitecture.Mlp(0) }, "DistillInto is Mlp(0), ReLU, which cannot be trained here"],
    ];

    [TestMethod]
    [DynamicData(nameof(Contradictions))]
    public void Options_that_contradict_are_refused_before_there_are_rows(NeuralNetworkOptions options, string part)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(options));
        Assert.Contains("DistillInto", error.Message);
        Assert.Contains(part, error.Message);
    }

    /// <summary>A recipe that only the teacher's kind of network can be trained with is no concern of a student of another kind.</summary>
    [TestMethod]
    public void A_student_need_not_take_the_recipe_of_its_teacher() => _ml.MulticlassClassification.Trainers.NeuralNetwork(Options with
    {
        Architecture = NetworkArchitecture.ResidualMlp(8, 2), Recipe = RegularizationRecipe.None with { StochasticDepth = new StochasticDepth() },
    });

    [TestMethod]
    public void Rows_that_a_student_cannot_learn_from_are_refused()
    {
        AssertRefused("ConvNet", () => _ml.Fit(Options with { DistillInto = NetworkArchitecture.ConvNet() }, _ml.Rows(60)));
        AssertRefused("TextTransformer", () => _ml.Fit(Options with { DistillInto = NetworkArchitecture.TextTransformer() }, _ml.Rows(60)));
        AssertRefused("DataCaching", () => _ml.Fit(Options with { Folds = null, RowCaching = new RowCaching { Budget = 100 } }, _ml.Rows(60)));
        AssertRefused("validation rows", () => _ml.Fit(Options with { Folds = null, ValidationFraction = 0, Recipe = RegularizationRecipe.None, DistillInto = NetworkArchitecture.ResidualMlp(8, 1) }, _ml.Rows(60)));
        AssertRefused("Augmentations", () => _ml.Transforms.GaussianNoise(scale: 0.1).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { Folds = null })).Fit(_ml.Rows(60)));
        var model = _ml.Fit(Options with { DistillInto = null, Folds = null }, _ml.Rows(60)).Model;
        AssertRefused("goes on from a model", () => _ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { Folds = null }).Fit(_ml.Rows(60), model));

        static void AssertRefused(string part, Action fit)
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(fit);
            Assert.Contains("DistillInto is ", error.Message);
            Assert.Contains(part, error.Message);
            Console.WriteLine(error.Message);
        }
    }

    /// <summary>A student goes on as any network of its architecture.</summary>
    [TestMethod]
    public void A_student_is_trained_further()
    {
        var student = _ml.Fit(Options, _ml.Rows(60));
        var further = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { Architecture = Options.DistillInto, MaxEpochs = 2 }).Fit(_ml.Rows(60, seed: 2), student.Model);
        Assert.IsNull(further.Model.History.Teacher);
        Assert.HasCount(2, further.Model.History.Epochs);
    }
}
