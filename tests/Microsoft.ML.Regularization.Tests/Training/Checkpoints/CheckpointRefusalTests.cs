using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>A checkpoint that is not of this run is refused, by what differs and with both values; so is a folder that is of no use.</summary>
[TestClass]
public sealed class CheckpointRefusalTests
{
    private static readonly Dictionary<string, Func<NeuralNetworkOptions, NeuralNetworkOptions>> OptionChanges = new()
    {
        ["MaxEpochs is 7, but was 4"] = options => options with { MaxEpochs = 7 },
        ["LearningRate is 0.5, but was 0.01"] = options => options with { LearningRate = 0.5 },
        ["BatchSize is 10, but was 64"] = options => options with { BatchSize = 10 },
        ["Seed is 4, but was 3"] = options => options with { Seed = 4 },
        ["Loss is FocalLoss, but was none; Loss.Gamma is 3, but was none"] = options => options with { Loss = LossFunction.Focal(3) },
        ["Optimizer.Beta1 is 0.8, but was 0.9"] = options => options with { Optimizer = Optimizer.Adam(beta1: 0.8) },
        ["ClassWeights.Values[2] is 3, but was none"] = options => options with { ClassWeights = ClassWeights.Of(1, 2, 3) },
        ["Architecture.HiddenSizes[1] is 17, but was 16"] = options => options with { Architecture = NetworkArchitecture.Mlp(16, 17) },
        ["Recipe.L1 is 0.5, but was 0"] = options => options with { Recipe = options.Recipe! with { L1 = 0.5 } },
        ["Recipe.Dropout is StandardDropout, but was none; Recipe.Dropout.DropProbability is 0.2, but was none"] =
            options => options with { Recipe = options.Recipe! with { Dropout = 0.2 } },
        ["Schedule is CosineSchedule, but was ConstantSchedule"] = options => options with { Schedule = new CosineSchedule() },
    };

    private static readonly Dictionary<string, Action<List<Example>>> RowChanges = new()
    {
        ["number of training rows is 99, but was 100"] = rows => rows.RemoveAt(5),
        ["content of the training rows' features is "] = rows => rows[5].Features[2] += 0.001f,
        ["content of the training rows' features"] = rows => (rows[3].Features, rows[6].Features) = (rows[6].Features, rows[3].Features),
        ["content of the training rows' labels is "] = rows => rows[5].Label = (rows[5].Label + 1) % 3,
        ["content of the training rows' weights and marks is "] = rows => rows[5].Weight *= 2,
    };

    private static IEnumerable<object[]> OtherOptions => OptionChanges.Keys.Select(key => new object[] { key });

    private static IEnumerable<object[]> OtherRows => RowChanges.Keys.Select(key => new object[] { key });

    [TestMethod]
    [DynamicData(nameof(OtherOptions))]
    public void Another_configuration(string difference)
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        var before = run.Folder.Last;
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => run.Fit(OptionChanges[difference](run.Options)));
        Assert.Contains(difference, error.Message);
        Assert.Contains(run.Folder.Path, error.Message);
        Assert.Contains("Take another Folder, or delete this one", error.Message);
        CollectionAssert.AreEqual(before, run.Folder.Last);
    }

    [TestMethod]
    public void What_changes_no_weight_may_change()
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        var model = run.Fit(run.Options with { TimeLimit = TimeSpan.FromHours(1), Progress = new SmallNetwork.Callback(_ => { }) });
        Assert.HasCount(4, model.History.Epochs);
    }

    [TestMethod]
    [DynamicData(nameof(OtherRows))]
    public void Another_data_set(string difference)
    {
        using var run = new CheckpointedRun();
        var options = run.Options with { ExampleWeightColumnName = "Weight" };
        run.FitUntil(2, options);
        var rows = Example.Clusters(100);
        RowChanges[difference](rows);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => run.Fit(options, rows));
        Assert.Contains(difference, error.Message);
        Assert.AreEqual(difference.Contains("number", StringComparison.Ordinal), error.Message.Contains("number of", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Another_validation_set_or_another_previous_model()
    {
        var ml = new MLContext();
        var (rows, trainer) = (ml.Rows(100), new CheckpointedRun());
        using (trainer)
        {
            var estimator = ml.MulticlassClassification.Trainers.NeuralNetwork(trainer.Options);
            var model = estimator.Fit(rows, ml.Rows(30, seed: 7)).Model;
            StringAssert.Contains(
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(rows, ml.Rows(30, seed: 8))).Message,
                "content of the validation set's rows' features");
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(rows, model)).Message, "previous model is");
        }
    }

    [TestMethod]
    public void Other_versions_of_format_and_library()
    {
        foreach (var name in new[] { "version of the file format", "version of the library" })
        {
            using var run = new CheckpointedRun();
            run.FitUntil(2);
            run.Rewrite(description => description["format"]![name] = "0.0");
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => run.Fit());
            Assert.Contains($"{name} is ", error.Message);
            Assert.Contains(", but was 0.0", error.Message);
        }
    }

    [TestMethod]
    public void A_file_with_any_bit_changed_or_any_part_missing()
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        var whole = run.Folder.Last;
        var random = new KeyedStream(RandomKey.FromSeed(1), 0);
        for (var i = 0; i < 60; i++)
        {
            var damaged = whole.ToArray();
            damaged[i < 20 ? i : random.NextInt64(whole.Length)] ^= (byte)(1 << (i % 8));
            AssertDamaged(damaged);
            AssertDamaged(whole[..(int)random.NextInt64(whole.Length)]);
        }

        AssertDamaged([]);
        AssertDamaged([.. whole, 0]);

        void AssertDamaged(byte[] content)
        {
            File.WriteAllBytes(run.Folder["last.safetensors"], content);
            var error = Assert.ThrowsExactly<FormatException>(() => run.Fit());
            Assert.Contains("last.safetensors' is damaged", error.Message);
            Assert.Contains("Take another Folder, or delete this one", error.Message);
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_state_that_is_not_of_this_network_and_no_tensor_is_left()
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        foreach (var change in new Action<System.Text.Json.Nodes.JsonObject>[]
        {
            description => description["run"]!.AsObject().Remove("optimizer.step"),
            description => description["run"]!["scales"] = "none",
        })
        {
            run.Rewrite(change);
            var tensors = TorchSharp.torch.Tensor.TotalCount;
            Assert.Contains("is damaged", Assert.ThrowsExactly<FormatException>(() => run.Fit()).Message);
            Assert.AreEqual(tensors, TorchSharp.torch.Tensor.TotalCount);
        }
    }

    [TestMethod]
    public void A_folder_that_cannot_be_made_or_written_to_before_any_row_is_read()
    {
        using var run = new CheckpointedRun();
        File.WriteAllText(run.Folder["file"], "");
        AssertRefused(Path.Combine(run.Folder["file"], "folder"));
        if (OperatingSystem.IsLinux())
            AssertRefused("/proc/checkpoints");

        void AssertRefused(string folder)
        {
            var rows = new MLContext().Data.LoadFromEnumerable(Unread());
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => new MLContext().Fit(run.Options with { Checkpoints = new CheckpointOptions { Folder = folder } }, rows));
            Assert.Contains($"cannot be written into the folder '{folder}'", error.Message);
        }

        static IEnumerable<Example> Unread()
        {
            Assert.Fail("rows were read");
            yield break;
        }
    }

    [TestMethod]
    public void A_folder_that_another_run_has_until_that_one_is_done()
    {
        using var run = new CheckpointedRun();
        var message = "";
        var options = run.Options with
        {
            Progress = new SmallNetwork.Callback(_ => message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => run.Fit()).Message),
        };
        run.Fit(options);
        Assert.Contains($"Another run is writing checkpoints into the folder '{run.Folder.Path}'", message);
        Assert.HasCount(4, run.Fit().History.Epochs);
    }

    [TestMethod]
    [DataRow("", 1, 0, "Folder must name a folder")]
    [DataRow("f", 0, 0, "EveryEpochs must be at least 1")]
    [DataRow("f", 1, -1, "Interval must be at least 0")]
    public void Options_out_of_their_range(string folder, int everyEpochs, int seconds, string message)
    {
        var options = new CheckpointOptions { Folder = folder, EveryEpochs = everyEpochs, Interval = TimeSpan.FromSeconds(seconds) };
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => new MLContext().MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Checkpoints = options }));
        Assert.Contains(message, error.Message);
    }
}
