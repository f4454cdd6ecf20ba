using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/own-code.md, between markers.</summary>
public static class OwnCodeSnippets
{
    public static NeuralNetworkRegressionTrainer Trainer(MLContext ml)
    {
        // begin ownCode
        var trainer = ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Loss = LossFunction.Custom(new PinballLoss { Quantile = 0.9 }),
            Recipe = RegularizationRecipe.SmallDataset with
            {
                Penalty = CustomPenalty.Of(new GroupLasso()),
                Augmentations = [CustomAugmentationOptions.Of(new Rotation { MaxDegrees = 5 })],   // or ml.Transforms.CustomAugmentation(...) before the trainer
            },
        });
        // end ownCode
        return trainer;
    }

    // begin ownLoss
    public sealed class PinballLoss : ICustomLoss
    {
        public double Quantile { get; init; } = 0.5;

        public bool IsOfClasses => false;

        // Both are (rows, 1), in standard deviations of the training targets.
        public Tensor Compute(Tensor outputs, Tensor targets)
        {
            var error = targets - outputs;
            return maximum(error * Quantile, error * (Quantile - 1)).squeeze(1);
        }
    }
    // end ownLoss

    // begin ownPenalty
    public sealed class GroupLasso : ICustomPenalty
    {
        public double Strength { get; init; } = 0.01;

        // A first layer's weights are (out, in): one norm for each input.
        public Tensor Compute(IReadOnlyDictionary<string, Tensor> weights) =>
            (weights["hidden.0.linear.weight"].pow(2).sum(dim: 0) + 1e-8).sqrt().sum() * Strength;
    }
    // end ownPenalty

    // begin ownAugmentation
    public sealed class Rotation : ICustomAugmentation
    {
        public double MaxDegrees { get; init; } = 10;

        // Turns a point, the first two features, around the origin.
        public void Apply(Span<float> features, RowRandom random)
        {
            var (sin, cos) = Math.SinCos(Math.PI / 180 * MaxDegrees * (2 * random.NextDouble() - 1));
            var (x, y) = (features[0], features[1]);
            (features[0], features[1]) = ((float)(cos * x - sin * y), (float)(sin * x + cos * y));
        }
    }
    // end ownAugmentation
}
