namespace Microsoft.ML.Regularization.Tests.Golden;

/// <summary>Compares numbers that were computed in different ways.</summary>
internal static class Closeness
{
    /// <summary>Each difference is at most the tolerance, times the expected value where that is above 1.</summary>
    public static void AssertClose(IReadOnlyList<double> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.AreEqual(expected.Count, actual.Length, what);
        for (var i = 0; i < actual.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}, element {i}");
    }

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        var numbers = new double[expected.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = expected[i];
        AssertClose(numbers, actual, tolerance, what);
    }
}
