using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Techniques of the training process in real pipelines.</summary>
[TestClass]
public sealed class TrainingProcessTests
{
    private static readonly RegularizationRecipe AllAtOnce = new()
    {
        Dropout = 0.1,
        GradientClipping = GradientClipping.ByNorm(1),
        AdversarialTraining = AdversarialTraining.Pgd(0.1, steps: 2, norm: AdversarialNorm.L2) with { MinValue = -5, MaxValue = 9 },
        ManifoldMixup = new ManifoldMixup(),
        SharpnessAware = new SharpnessAwareMinimization(),
        WeightAveraging = WeightAveraging.Stochastic(0.5),
    };

    [TestMethod]
    [DataRow("Label")]
    [DataRow("Flag")]
    [DataRow("Target")]
    public void All_at_once_train_every_task_repeat_themselves_survive_a_file_and_leave_no_tensor(string label)
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Rows(200);
        Fit().GetNeuralNetwork();
        var tensors = LiveTensors.Settled();
        var model = Fit();
        var history = model.GetNeuralNetwork().History;
        Assert.IsLessThan(0.8 * history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);
        var again = Fit();
        foreach (var (a, b) in model.GetNeuralNetwork().Weights.Zip(again.GetNeuralNetwork().Weights))
            CollectionAssert.AreEqual(a.Values.ToArray(), b.Values.ToArray(), a.Name);
        Assert.AreEqual(tensors, torch.Tensor.TotalCount);

        using var file = new MemoryStream();
        ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        CollectionAssert.AreEqual(Read(model), Read(loaded));
        Assert.AreEqual(AllAtOnce, loaded.GetNeuralNetwork().Recipe);
        var quality = label switch
        {
            "Label" => ml.MulticlassClassification.Evaluate(model.Transform(view)).MicroAccuracy,
            "Flag" => ml.BinaryClassification.Evaluate(model.Transform(view), "Flag").Accuracy,
            _ => ml.Regression.Evaluate(model.Transform(view), "Target").RSquared,
        };
        Assert.IsGreaterThan(0.75, quality);

        ITransformer Fit()
        {
            var options = Options with
            {
                Recipe = AllAtOnce,
                Architecture = NetworkArchitecture.Mlp(16, 16) with { Normalization = Normalization.Batch },
                MaxEpochs = 20,
                BatchSize = 32,
                LabelColumnName = label,
            };
            var context = new MLContext(seed: 1);
            return label switch
            {
                "Label" => context.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(view),
                "Flag" => context.BinaryClassification.Trainers.NeuralNetwork(options).Fit(view),
                _ => context.Regression.Trainers.NeuralNetwork(options).Fit(view),
            };
        }

        List<float> Read(ITransformer transformer)
        {
            var scored = transformer.Transform(view);
            return scored.Schema["Score"].Type is VectorDataViewType
                ? [.. scored.GetColumn<float[]>("Score").SelectMany(score => score)]
                : [.. scored.GetColumn<float>("Score")];
        }
    }

    /// <summary>A run of fewer epochs is the beginning of a longer one: what it ends with is what the longer run averages.</summary>
    [TestMethod]
    public void Stochastic_averages_are_those_of_the_epochs_weights()
    {
        var epochs = Enumerable.Range(1, 5).Select(count => Fit(count, averaging: null)).ToList();
        AssertMean(Fit(4, WeightAveraging.Stochastic(0.5)), [epochs[2], epochs[3]]);
        AssertMean(Fit(5, WeightAveraging.Stochastic(0, everyEpochs: 2)), [epochs[0], epochs[2], epochs[4]]);

        static void AssertMean(List<float[]> actual, List<List<float[]>> models)
        {
            for (var tensor = 0; tensor < actual.Count; tensor++)
            {
                var mean = actual[tensor].Select((_, i) => models.Average(model => (double)model[tensor][i])).ToArray();
                Closeness.AssertClose(mean, actual[tensor], 1e-6, $"tensor {tensor}");
            }
        }

        static List<float[]> Fit(int epochs, WeightAveraging? averaging)
        {
            var ml = new MLContext(seed: 3);
            return Weights(ml.Fit(Options with { Recipe = RegularizationRecipe.None with { WeightAveraging = averaging }, MaxEpochs = epochs }, ml.Rows(90)).Model);
        }
    }

    [TestMethod]
    public void Until_stochastic_averaging_starts_validation_sees_the_weights_themselves()
    {
        var plain = Losses(null);
        var averaged = Losses(WeightAveraging.Stochastic(0.5));

        // The average of one epoch is its weights.
        CollectionAssert.AreEqual(plain[..6], averaged[..6]);
        for (var epoch = 6; epoch < 10; epoch++)
            Assert.AreNotEqual(plain[epoch], averaged[epoch]);

        static double[] Losses(WeightAveraging? averaging)
        {
            var ml = new MLContext(seed: 3);
            var options = Options with { Recipe = RegularizationRecipe.None with { WeightAveraging = averaging }, MaxEpochs = 10, ValidationSet = ml.Rows(60, seed: 2) };
            return [.. ml.Fit(options, ml.Rows(90)).Model.History.Epochs.Select(epoch => epoch.ValidationLoss!.Value)];
        }
    }

    /// <summary>The model's statistics are those of the training rows under the model's own, averaged weights.</summary>
    [TestMethod]
    public void A_model_of_averaged_weights_has_statistics_that_fit_them()
    {
        foreach (var averaging in new WeightAveraging[] { WeightAveraging.Exponential(0.99), WeightAveraging.Stochastic(0.5) })
        {
            var ml = new MLContext(seed: 3);
            var rows = Example.Clusters(100);
            var model = ml.Fit(
                Options with
                {
                    Recipe = RegularizationRecipe.None with { WeightAveraging = averaging },
                    Architecture = NetworkArchitecture.Mlp(6) with { Normalization = Normalization.Batch },
                    InputScaling = InputScaling.None,
                    ValidationFraction = 0,
                    BatchSize = 100,
                },
                ml.Data.LoadFromEnumerable(rows)).Model;
            var weight = Values("hidden.0.linear.weight");
            for (var unit = 0; unit < 6; unit++)
            {
                var outputs = rows.ConvertAll(row => row.Features.Select((x, i) => (double)x * weight[unit * 4 + i]).Sum() + Values("hidden.0.linear.bias")[unit]);
                Assert.AreEqual(outputs.Average(), Values("hidden.0.norm.running_mean")[unit], 1e-4);
                Assert.AreEqual(outputs.Sum(x => Math.Pow(x - outputs.Average(), 2)) / 99, Values("hidden.0.norm.running_var")[unit], 1e-3);
            }

            float[] Values(string name) => model.Weights.Single(tensor => tensor.Name == name).Values.ToArray();
        }
    }
}
