using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Run;

[TestClass]
public sealed class RetrainingTests
{
    private static readonly NeuralNetworkOptions Stopping = SmallNetwork.Options with
    {
        Recipe = RegularizationRecipe.None with { EarlyStopping = new() { Patience = 2 }, Dropout = 0.2 },
        MaxEpochs = 60,
        ClassWeights = ClassWeights.Of(1, 2, 3),
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_model_is_that_of_a_run_on_all_rows_for_as_many_epochs()
    {
        var view = _ml.Rows(150);
        var stopped = _ml.Fit(Stopping, view).Model;
        var history = stopped.History;
        Assert.AreEqual(StopReason.PatienceExhausted, history.StopReason);
        Assert.AreEqual((120L, 30L), (history.TrainingRows, history.ValidationRows));
        Assert.HasCount(history.ModelEpoch, history.RetrainingEpochs);
        Assert.IsTrue(history.RetrainingEpochs.All(epoch => epoch.IsRetraining) && history.Epochs.All(epoch => !epoch.IsRetraining));

        var plain = _ml.Fit(Stopping with { Recipe = Stopping.Recipe! with { EarlyStopping = null }, MaxEpochs = history.ModelEpoch }, view).Model;
        SmallNetwork.AssertEqual(SmallNetwork.Weights(plain), SmallNetwork.Weights(stopped));
    }

    [TestMethod]
    public void Held_out_rows_are_trained_on_too_and_those_of_a_validation_set_never()
    {
        var view = _ml.Rows(150);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(Stopping);
        var marked = _ml.Transforms.HoldOut(0.3).Append(_ml.Transforms.Mixup()).Append(trainer).Fit(view).LastTransformer.Model.History;
        Assert.IsNotEmpty(marked.RetrainingEpochs);
        Assert.IsGreaterThan(marked.Epochs[0].Steps, marked.RetrainingEpochs[0].Steps);
        Assert.IsEmpty(trainer.Fit(view, _ml.Rows(60, seed: 2)).Model.History.RetrainingEpochs);
    }

    [TestMethod]
    public void By_default_few_rows_are_trained_on_again_and_many_are_not()
    {
        Assert.IsEmpty(Epochs(150, false));
        Assert.IsNotEmpty(Epochs(1990, null));
        Assert.IsEmpty(Epochs(2010, null));
        Assert.IsNotEmpty(Epochs(2010, true));

        IReadOnlyList<EpochReport> Epochs(int rows, bool? retrains)
        {
            var stopping = new EarlyStopping { Patience = 1, RetrainsOnAllRows = retrains };
            return _ml.Fit(Stopping with { Recipe = RegularizationRecipe.None with { EarlyStopping = stopping }, MaxEpochs = 2 }, _ml.Rows(rows)).Model.History.RetrainingEpochs;
        }
    }

    [TestMethod]
    public void Cancelled_while_training_anew_the_model_is_the_one_that_was_stopped()
    {
        using var source = new CancellationTokenSource();
        var options = Stopping with
        {
            CancellationToken = source.Token,
            Progress = new SmallNetwork.Callback(epoch =>
            {
                if (epoch.IsRetraining)
                    source.Cancel();
            }),
        };
        var view = _ml.Rows(150);
        var cancelled = _ml.Fit(options, view).Model;
        var stopping = Stopping.Recipe!.EarlyStopping! with { RetrainsOnAllRows = false };
        var stopped = _ml.Fit(Stopping with { Recipe = Stopping.Recipe! with { EarlyStopping = stopping } }, view).Model;
        Assert.IsGreaterThan(1, stopped.History.ModelEpoch);
        SmallNetwork.AssertEqual(SmallNetwork.Weights(stopped), SmallNetwork.Weights(cancelled));
        Assert.IsEmpty(cancelled.History.RetrainingEpochs);
    }

    [TestMethod]
    [DoNotParallelize]
    public void The_first_run_is_freed_before_the_second_one_begins()
    {
        var (first, second) = (0L, 0L);
        var before = LiveTensors.Settled();
        var options = Stopping with
        {
            Progress = new SmallNetwork.Callback(epoch =>
            {
                var count = torch.Tensor.TotalCount - before;
                (first, second) = epoch.IsRetraining ? (first, Math.Max(count, second)) : (Math.Max(count, first), second);
            }),
        };
        _ml.Fit(options, _ml.Rows(150)).Dispose();
        Assert.IsGreaterThan(0, second);
        Assert.IsLessThanOrEqualTo(first, second);
    }
}
