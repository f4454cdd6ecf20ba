namespace Microsoft.ML.Regularization;

/// <summary>The losses that a trainer can be given, as members of <see cref="LossFunction"/>: <c>LossFunction.Focal(gamma: 2)</c>.</summary>
public static class LossFunctions
{
    extension(LossFunction)
    {
        /// <summary>Cross entropy (log-loss): the default for classification.</summary>
        public static CrossEntropyLoss CrossEntropy => new();

        /// <summary>Squared error, which predicts the conditional mean: the default for regression.</summary>
        public static SquaredLoss Squared => new();

        /// <summary>Absolute error, which predicts the conditional median; outliers have no more influence than other rows.</summary>
        public static AbsoluteLoss Absolute => new();

        /// <summary>Focal loss for classification: rows that are classified well weigh less.</summary>
        /// <param name="gamma">At least 0 (the cross entropy); 2 is usual, and larger values give easy rows less weight.</param>
        public static FocalLoss Focal(double gamma = 2) => new(gamma);

        /// <summary>Huber loss: squared error for small errors, absolute error for large ones.</summary>
        /// <param name="delta">The error from which the loss is linear, in standard deviations of the training targets; above 0. 1 is usual.</param>
        public static HuberLoss Huber(double delta = 1) => new(delta);

        /// <summary>A user-defined loss, written with TorchSharp operations.</summary>
        /// <param name="loss">Computes it: see <see cref="ICustomLoss"/>.</param>
        /// <exception cref="InvalidOperationException">The type has no public parameterless constructor, or cannot be created from JSON.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Its properties do not survive a round trip through JSON.</exception>
        public static CustomLoss Custom(ICustomLoss loss)
        {
            ArgumentNullException.ThrowIfNull(loss);
            return CustomLoss.Of(loss);
        }
    }
}
