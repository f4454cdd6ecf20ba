using System.Text;
using Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring;

/// <summary>What a model tells of itself, and that its file is read for what it holds, not for what training would allow.</summary>
[TestClass]
public sealed class TrainedNetworkTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void It_tells_its_task_loss_and_what_it_was_trained_with_before_and_after_a_file()
    {
        var rows = _ml.Rows(60);
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with
        {
            Loss = LossFunction.Focal(1.5), ClassWeights = ClassWeights.Of(1, 2, 3), MaxEpochs = 2, Seed = 7, MissingValues = MissingValues.Refuse,
        }).Fit(rows);

        foreach (var network in new[] { model.GetNeuralNetwork(), ModelFile.Load(new ModelFile(model, rows.Schema).With("none", null)).GetNeuralNetwork() })
        {
            Assert.AreSame(LearningTask.MulticlassClassification, network.Task);
            Assert.AreEqual("multiclass classification", network.Task.Name);
            Assert.AreEqual(new FocalLoss(1.5), network.Loss);
            Assert.AreEqual(
                new TrainingRecord
                {
                    Loss = LossFunction.Focal(1.5),
                    Optimizer = Optimizer.Adam(),
                    LearningRate = 0.01,
                    Schedule = LearningRateSchedule.Constant,
                    BatchSize = 64,
                    MaxEpochs = 2,
                    ClassWeights = ClassWeights.Of(1, 2, 3),
                    InputScaling = InputScaling.RobustSmoothClip,
                    MissingValues = MissingValues.Refuse,
                    Seed = 7,
                    LibraryVersion = TrainingRecord.ThisVersion,
                },
                network.Training);
        }
    }

    [TestMethod]
    public void What_training_chose_by_itself_is_told_too()
    {
        var training = _ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { LabelColumnName = "Target", MaxEpochs = 1, Architecture = NetworkArchitecture.RealMlp() })
            .Fit(_ml.Rows(60)).Model.Network.Training;

        Assert.AreEqual(LossFunction.Squared, training.Loss);
        Assert.AreEqual(Optimizer.Adam(beta2: 0.95), training.Optimizer);
        Assert.AreEqual((0.2, 64, 1), (training.LearningRate, training.BatchSize, training.Seed));
    }

    [TestMethod]
    [DataRow("\"labelSmoothing\": 0,", "\"labelSmoothing\": 7,")]
    [DataRow("\"weightDecay\": 0,", "\"weightDecay\": -1,")]
    [DataRow("\"unmixedEpochs\": 0", "\"unmixedEpochs\": 0, \"earlyStopping\": {\"patience\": 0}")]
    [DataRow("\"unmixedEpochs\": 0", "\"unmixedEpochs\": 0, \"maxNorm\": 0")]
    [DataRow("\"unmixedEpochs\": 0", "\"unmixedEpochs\": 0, \"augmentations\": [{\"transform\": \"Mixup\", \"alpha\": -3}]")]
    [DataRow("\"learningRate\": 0.01,\n    \"schedule\"", "\"learningRate\": -5,\n    \"schedule\"")]
    [DataRow("\"maxEpochs\": 2", "\"maxEpochs\": 0")]
    public void A_file_that_tells_of_a_training_which_would_be_refused_today_loads_and_scores(string written, string altered)
    {
        var rows = _ml.Rows(30);
        var model = _ml.Fit(SmallNetwork.Options with { MaxEpochs = 2 }, rows);
        var file = new ModelFile(model, rows.Schema);
        var description = Encoding.UTF8.GetString(file.Entries[file.Path("network.json")]).ReplaceLineEndings("\n");
        Assert.Contains(written, description);

        var loaded = ModelFile.Load(file.With(file.Path("network.json"), Encoding.UTF8.GetBytes(description.Replace(written, altered, StringComparison.Ordinal))));

        SmallNetwork.AssertEqual(SmallNetwork.Scores(model.Transform(rows)), SmallNetwork.Scores(loaded.Transform(rows)));
    }
}
