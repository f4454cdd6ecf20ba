namespace Microsoft.ML.Regularization;

/// <summary>
/// The embeddings of numbers that a network for tables can be given, as members of <see cref="NumericalEmbedding"/>:
/// <c>NumericalEmbedding.PiecewiseLinear()</c>.
/// </summary>
public static class NumericalEmbeddings
{
    extension(NumericalEmbedding)
    {
        /// <summary>Functions that are linear between quantiles of the number.</summary>
        /// <param name="bins">Pieces, from 1 (a straight line) to 1024.</param>
        /// <param name="size">Size of the vector that a number becomes, from 1 to 256.</param>
        public static PiecewiseLinearEmbedding PiecewiseLinear(int bins = 48, int size = 16) => new() { Bins = bins, Size = size };

        /// <summary>The number itself and mixtures of waves, as <see cref="RealMlpArchitecture"/> has it.</summary>
        /// <param name="frequencyDeviation">Standard deviation of the initial frequencies, from 0.001 (broad trends) to 100 (details).</param>
        public static PeriodicEmbedding Periodic(double frequencyDeviation = 0.1) => new() { FrequencyDeviation = frequencyDeviation };
    }
}
