using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>When checkpoints are written, what they hold, and what a later run makes of them.</summary>
[TestClass]
public sealed class CheckpointTests
{
    [TestMethod]
    public void A_run_that_has_ended_gives_its_model_again_without_training()
    {
        using var run = new CheckpointedRun();
        var options = run.Options with { Recipe = RegularizationRecipe.SmallDataset with { WeightAveraging = WeightAveraging.Exponential(0.9) } };
        var model = run.Fit(options);
        Assert.IsNotEmpty(model.History.RetrainingEpochs);
        var again = run.Fit(options with { Progress = new SmallNetwork.Callback(_ => Assert.Fail("trained")) });
        SmallNetwork.AssertEqual(SmallNetwork.Weights(model), SmallNetwork.Weights(again));
        Assert.IsTrue(run.Log!.Messages.Any(message => message.Contains("its checkpoint gives the model without training", StringComparison.Ordinal)));
        Assert.AreEqual(model.History.Epochs[^1].Seconds, again.History.Epochs[^1].Seconds);
    }

    [TestMethod]
    public void Without_a_seed_a_run_goes_on_with_the_one_that_was_drawn()
    {
        using var run = new CheckpointedRun();
        var options = run.Options with { Seed = null };
        var first = run.FitUntil(2, options).History.Epochs;
        var resumed = run.Fit(options);
        Assert.AreEqual(first[1].TrainingLoss, resumed.History.Epochs[1].TrainingLoss);

        string? seed = null;
        run.Rewrite(description => seed = description["seed"]!["Seed"]!.GetValue<string>());
        var uninterrupted = run.Fit(options with { Checkpoints = null, Seed = int.Parse(seed!, System.Globalization.CultureInfo.InvariantCulture) });
        SmallNetwork.AssertEqual(SmallNetwork.Weights(uninterrupted), SmallNetwork.Weights(resumed));
    }

    [TestMethod]
    public void No_time_is_counted_twice()
    {
        var (hour, progress, clock) = (TimeSpan.FromHours(1), new EpochProgress(TimeProvider.System), new FitClock(TimeProvider.System));
        foreach (var (part, elapsed) in new (ICheckpointed, Func<TimeSpan>)[] { (progress, () => progress.Elapsed), (clock, () => clock.Elapsed) })
        {
            var state = CheckpointState.Of(part);
            state.Values["elapsed"] = "01:00:00";
            part.Checkpoint(CheckpointState.Read(state.Values, state.Tensors));
            for (var i = 0; i < 3; i++)
                CheckpointState.Of(part);
            Assert.IsTrue(elapsed() >= hour && elapsed() < 2 * hour);
        }

        progress.Clear();
        clock.Restart();
        Assert.IsTrue(progress.Elapsed < hour && clock.Elapsed < hour);
    }

    [TestMethod]
    public void Another_machine_is_a_warning()
    {
        foreach (var name in new[] { "number of torch threads", "device", "width of vectors", "version of TorchSharp" })
        {
            using var run = new CheckpointedRun();
            run.FitUntil(2);
            run.Rewrite(description => description["environment"]![name] = "another");
            Assert.HasCount(4, run.Fit().History.Epochs);
            Assert.Contains($"{name} is ", run.Log!.Warnings.Single());
            Assert.Contains("but was another", run.Log!.Warnings.Single());
        }
    }

    [TestMethod]
    public void The_time_limit_counts_what_was_trained_before_and_anew_once_it_is_reached()
    {
        using var run = new CheckpointedRun();
        run.FitUntil(2);
        run.Rewrite(description => description["run"]!["clock.elapsed"] = "01:00:00");
        var options = run.Options with { TimeLimit = TimeSpan.FromMinutes(59) };
        var stopped = run.Fit(options);
        Assert.AreEqual(StopReason.TimeLimit, stopped.History.StopReason);
        Assert.HasCount(2, stopped.History.Epochs);

        var model = run.Fit(options);
        Assert.AreEqual(StopReason.MaxEpochs, model.History.StopReason);
        SmallNetwork.AssertEqual(SmallNetwork.Weights(run.FitWithout()), SmallNetwork.Weights(model));
    }

    [TestMethod]
    public void Training_that_diverges_leaves_its_last_sound_checkpoint_and_diverges_again()
    {
        using var run = new CheckpointedRun();
        var options = run.Options with
        {
            LabelColumnName = "Target", Architecture = NetworkArchitecture.Mlp(), Optimizer = Optimizer.Sgd(), LearningRate = 2.5, MaxEpochs = 1000,
            Checkpoints = run.Options.Checkpoints! with { EveryEpochs = 5 },
        };
        var diverged = Fit();
        Assert.AreEqual(StopReason.Diverged, diverged.History.StopReason);
        Assert.IsGreaterThan(5, diverged.History.Epochs.Count);
        var before = run.Folder.Last;
        var again = Fit();
        Assert.AreEqual(StopReason.Diverged, again.History.StopReason);
        Assert.AreEqual(diverged.History.ModelEpoch, again.History.ModelEpoch);
        SmallNetwork.AssertEqual([.. diverged.Weights.Select(tensor => tensor.Values.ToArray())], [.. again.Weights.Select(tensor => tensor.Values.ToArray())]);
        CollectionAssert.AreEqual(before, run.Folder.Last);

        NeuralNetworkRegressionModelParameters Fit() => new MLContext().Regression.Trainers.NeuralNetwork(options).Fit(new MLContext().Rows(100)).Model;
    }

    [TestMethod]
    [DataRow(1, null, 4)]
    [DataRow(2, null, 2)]
    [DataRow(3, null, 2)]
    [DataRow(9, null, 1)]
    [DataRow(1, 0, 12)]
    [DataRow(2, 0, 10)]
    [DataRow(1, 1000, 4)]
    public void Checkpoints_are_written_after_so_many_epochs_at_the_end_and_after_an_interval(int everyEpochs, int? seconds, int expected)
    {
        using var run = new CheckpointedRun();
        var written = 0;
        run.Fit(run.Options with
        {
            BatchSize = 50,
            Checkpoints = new CheckpointOptions
            {
                Folder = run.Folder.Path,
                EveryEpochs = everyEpochs,
                Interval = seconds is { } count ? TimeSpan.FromSeconds(count) : null,
                Through = file =>
                {
                    written += ((FileStream)file).Name.Contains("last", StringComparison.Ordinal) ? 1 : 0;
                    return file;
                },
            },
        });
        Assert.AreEqual(expected, written);
    }

    [TestMethod]
    public void The_best_weights_are_a_file_as_in_the_model()
    {
        using var run = new CheckpointedRun();
        var stopping = new EarlyStopping { RetrainsOnAllRows = false };
        var model = run.Fit(run.Options with { ValidationFraction = 0.2, Recipe = RegularizationRecipe.None with { EarlyStopping = stopping } });
        CollectionAssert.AreEqual(Safetensors.Write(model.Network.Outcome.Weights), File.ReadAllBytes(run.Folder["best.safetensors"]));
    }

    [TestMethod]
    public void The_state_is_laid_out_as_safetensors_are()
    {
        using var run = new CheckpointedRun();
        run.Fit();
        var file = run.Folder.Last;
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        Assert.AreEqual(0, length % 8);
        Assert.IsTrue(header["__metadata__"]!.AsObject().All(entry => entry.Value!.GetValueKind() == System.Text.Json.JsonValueKind.String));
        var end = 0L;
        foreach (var (name, tensor) in header.Where(entry => entry.Key != "__metadata__"))
        {
            Assert.AreEqual(end, tensor!["data_offsets"]![0]!.GetValue<long>(), name);
            var size = tensor["dtype"]!.GetValue<string>() switch { "U8" => 1, "F32" => 4, _ => 8 };
            end += size * tensor["shape"]!.AsArray().Aggregate(1L, (product, dimension) => product * dimension!.GetValue<long>());
            Assert.AreEqual(end, tensor["data_offsets"]![1]!.GetValue<long>(), name);
        }

        Assert.AreEqual(file.Length, 8 + length + end);
        Assert.IsTrue(header.ContainsKey("network.hidden.0.linear.weight") && header.ContainsKey("optimizer.memory.1"));
    }

    [TestMethod]
    public void Where_the_disk_fails_the_checkpoint_before_stays_training_goes_on_and_the_next_one_is_tried()
    {
        using var run = new CheckpointedRun();
        var (written, before) = (0, Array.Empty<byte>());
        var model = run.Fit(run.Options with
        {
            Checkpoints = new CheckpointOptions
            {
                Folder = run.Folder.Path,
                Through = file =>
                {
                    if (!((FileStream)file).Name.Contains("last", StringComparison.Ordinal))
                        return file;
                    switch (++written)
                    {
                        case 2:
                            before = run.Folder.Last;
                            return new FullDisk(file, room: 1000);
                        case 3:
                            CollectionAssert.AreEqual(before, run.Folder.Last);
                            Assert.HasCount(1, Directory.GetFiles(run.Folder.Path, "*.tmp"));
                            return new FullDisk(file, room: 10_000);
                        default:
                            return file;
                    }
                },
            },
        });
        Assert.AreEqual(4, written);
        Assert.HasCount(2, run.Log!.Warnings.Where(warning => warning.Contains("could not be written", StringComparison.Ordinal)).ToList());
        Assert.IsEmpty(Directory.GetFiles(run.Folder.Path, "*.tmp"));
        SmallNetwork.AssertEqual(SmallNetwork.Weights(model), SmallNetwork.Weights(run.Fit()));
        SmallNetwork.AssertEqual(SmallNetwork.Weights(model), SmallNetwork.Weights(run.FitWithout()));
    }

    [TestMethod]
    public void Finding_a_learning_rate_leaves_the_folder_alone()
    {
        using var run = new CheckpointedRun();
        var ml = new MLContext();
        ml.MulticlassClassification.Trainers.NeuralNetwork(run.Options).FindLearningRate(ml.Rows(100), new LearningRateRange { Steps = 5 });
        Assert.IsEmpty(Directory.GetFiles(run.Folder.Path));
    }
}
