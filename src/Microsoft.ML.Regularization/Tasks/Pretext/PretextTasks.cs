namespace Microsoft.ML.Regularization;

/// <summary>The tasks without labels that a network can be pre-trained on, as members of <see cref="PretextTask"/>: <c>PretextTask.Denoising(swapRate: 0.3)</c>.</summary>
public static class PretextTasks
{
    extension(PretextTask)
    {
        /// <summary>Tables: some cells of a row take the values of other rows, and the network tells which, and what stood there. The default for tables.</summary>
        /// <param name="swapRate">The probability of each cell, above 0 and below 1.</param>
        public static DenoisingTask Denoising(double swapRate = 0.3) => new() { SwapRate = swapRate };

        /// <summary>Tables: a row and the same row with cells of other rows come to the same place, apart from all other rows of the batch.</summary>
        /// <param name="swapRate">The probability of each cell, above 0 and below 1.</param>
        /// <param name="temperature">What similarities are divided by, above 0.</param>
        public static ContrastTask Contrast(double swapRate = 0.6, double temperature = 1) => new() { SwapRate = swapRate, Temperature = temperature };

        /// <summary>Texts: some tokens are hidden, and the network tells them by those around them. The default for texts.</summary>
        /// <param name="rate">The probability of each token, above 0 and below 1.</param>
        public static MaskedTokenTask MaskedTokens(double rate = 0.15) => new() { Rate = rate };
    }
}
