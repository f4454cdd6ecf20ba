namespace Microsoft.ML.Regularization.CudaCheck;

/// <summary>How far two fits of the same network are apart.</summary>
/// <param name="Loss">The greatest difference of an epoch's loss, in parts of it.</param>
/// <param name="Weight">The greatest difference of a weight, in parts of the longest way that training moved one of its tensor.</param>
/// <param name="Score">The greatest difference of a probability.</param>
internal sealed record RunDifference(double Loss, double Weight, double Score)
{
    // The devices add in another order, and convolutions of a graphics processor may round factors to ten bits (TF32), which is a two thousandth. A learning rate
    // that is off by a hundredth, or a dropout of 0.11 instead of 0.1, moves the weights of every network here further than this.
    private const double MostLoss = 1e-3;
    private const double MostWeight = 5e-3;
    private const double MostScore = 2e-3;

    // What hardly moves, such as biases in front of a batch normalization, moves by rounding.
    private const double LeastWay = 0.005;

    public static string Bounds { get; } = FormattableString.Invariant(
        $"losses within {MostLoss} of themselves, weights within {MostWeight} of the way that training moved them, probabilities within {MostScore}");

    /// <summary>Whether rounding explains it; what is not a number never is.</summary>
    public bool IsSmall => Loss <= MostLoss && Weight <= MostWeight && Score <= MostScore;

    /// <param name="start">The network before it is trained.</param>
    /// <param name="left">Trained on one device.</param>
    /// <param name="right">Trained on the other.</param>
    public static RunDifference Of(DeviceRun start, DeviceRun left, DeviceRun right)
    {
        if (!left.Weights.Select(tensor => (tensor.Name, tensor.Shape)).SequenceEqual(right.Weights.Select(tensor => (tensor.Name, tensor.Shape))))
            return new(double.NaN, double.NaN, double.NaN);

        return new(
            left.Losses.Zip(right.Losses, (one, other) => Math.Abs(one - other) / Math.Abs(one)).Aggregate(Math.Max),
            left.Weights.Zip(right.Weights, start.Weights).Select(tensor => OfTensor(tensor.First, tensor.Second, tensor.Third)).Aggregate(Math.Max),
            left.Scores.Zip(right.Scores, (one, other) => (double)Math.Abs(one - other)).Aggregate(Math.Max));
    }

    private static double OfTensor(NetworkTensor left, NetworkTensor right, NetworkTensor start)
    {
        var one = left.Values.Span;
        var other = right.Values.Span;
        var before = start.Values.Span;
        var (way, difference) = (LeastWay, 0.0);
        for (var i = 0; i < one.Length; i++)
            (way, difference) = (Math.Max(way, Math.Abs((double)one[i] - before[i])), Math.Max(difference, Math.Abs((double)one[i] - other[i])));
        return difference / way;
    }
}
