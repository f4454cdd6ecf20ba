namespace Microsoft.ML.Regularization.Tasks;

/// <summary>
/// The mean of the probabilities of classes: outputs are its logarithms, or, of a single one, its log-odds. Computed from logarithms, so that probabilities
/// that are too small for a number still count.
/// </summary>
/// <param name="width">Outputs of each network.</param>
/// <param name="shares">How much each network counts; they sum to 1.</param>
internal sealed class ProbabilityMean(int width, IReadOnlyList<double> shares) : PredictionMean
{
    private const int MostOnStack = 256;

    private readonly int _classes = width == 1 ? 2 : width;
    private readonly double[] _logShares = [.. shares.Select(share => Math.Log(share))];

    public override void Compute(ReadOnlySpan<float> outputs, int count, Span<float> mean)
    {
        Span<double> logarithms = _classes <= MostOnStack ? stackalloc double[_classes] : new double[_classes];
        Span<double> largest = _classes <= MostOnStack ? stackalloc double[_classes] : new double[_classes];
        Span<double> sums = _classes <= MostOnStack ? stackalloc double[_classes] : new double[_classes];
        for (var row = 0; row < count; row++)
        {
            largest.Fill(double.NegativeInfinity);
            sums.Clear();
            for (var network = 0; network < _logShares.Length; network++)
            {
                ClassProbabilities.Logarithms(outputs.Slice((network * count + row) * width, width), logarithms);
                for (var k = 0; k < _classes; k++)
                    Add(ref sums[k], ref largest[k], logarithms[k] + _logShares[network]);
            }

            for (var k = 0; k < _classes; k++)
                logarithms[k] = largest[k] + Math.Log(sums[k]);
            var result = mean.Slice(row * width, width);
            if (width == 1)
                result[0] = (float)(logarithms[1] - logarithms[0]);
            else
                Round(logarithms, result);
        }
    }

    // The sum of exponentials, over that of the largest exponent so far.
    private static void Add(ref double sum, ref double largest, double exponent)
    {
        if (exponent <= largest)
        {
            sum += Math.Exp(exponent - largest);
            return;
        }

        sum = sum * Math.Exp(largest - exponent) + 1;
        largest = exponent;
    }

    private static void Round(ReadOnlySpan<double> values, Span<float> rounded)
    {
        for (var k = 0; k < values.Length; k++)
            rounded[k] = (float)values[k];
    }
}
