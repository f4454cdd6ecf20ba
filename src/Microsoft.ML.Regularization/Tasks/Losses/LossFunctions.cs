namespace Microsoft.ML.Regularization;

/// <summary>The losses that a trainer can be given, as members of <see cref="LossFunction"/>: <c>LossFunction.Focal(gamma: 2)</c>.</summary>
public static class LossFunctions
{
    extension(LossFunction)
    {
        /// <summary>Classification by log-loss: the default of classifiers.</summary>
        public static CrossEntropyLoss CrossEntropy => new();

        /// <summary>Regression to the mean: the default of regression.</summary>
        public static SquaredLoss Squared => new();

        /// <summary>Regression to the median; outliers pull no more than others.</summary>
        public static AbsoluteLoss Absolute => new();

        /// <summary>Classification that attends to the rows it gets wrong.</summary>
        /// <param name="gamma">At least 0 (the cross entropy); 2 is usual, more attends less to easy rows.</param>
        public static FocalLoss Focal(double gamma = 2) => new(gamma);

        /// <summary>Regression to the mean for small errors, to the median for large ones.</summary>
        /// <param name="delta">Where an error becomes large, in standard deviations of the training targets; above 0. 1 is usual.</param>
        public static HuberLoss Huber(double delta = 1) => new(delta);

        /// <summary>A loss of one's own, in TorchSharp's operations.</summary>
        /// <param name="loss">Computes it: see <see cref="ICustomLoss"/>.</param>
        /// <exception cref="InvalidOperationException">The type has no public constructor without parameters, or cannot be made of JSON.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Its properties do not survive JSON.</exception>
        public static CustomLoss Custom(ICustomLoss loss)
        {
            ArgumentNullException.ThrowIfNull(loss);
            return CustomLoss.Of(loss);
        }
    }
}
