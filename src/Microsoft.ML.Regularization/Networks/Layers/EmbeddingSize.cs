using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Size of the vector that a category's value is embedded as: <c>min(50, round(1.6 n^0.56))</c> for one of n values, at least 1, a rule of thumb of the
/// fastai library (Howard and Gugger, 2020) with a lower ceiling.
/// </summary>
internal static class EmbeddingSize
{
    private const int Largest = 50;

    /// <param name="values">Values that the category can have.</param>
    public static int Of(double values) => Math.Clamp((int)Math.Round(1.6 * Math.Pow(values, 0.56)), 1, Largest);

    /// <summary>The tables of an input's categories.</summary>
    public static IEnumerable<CategoryTable> TablesOf(InputLayout input) =>
        input.KeyValues.Select((values, place) => new CategoryTable($"categories.{place}.weight", values, Of(values)));

    /// <summary>Numbers of an input's row once its categories are embedded.</summary>
    public static int WidthOf(InputLayout input) => input.Numbers + input.KeyValues.Sum(values => Of(values));

    /// <summary>Weights of all tables of an input.</summary>
    public static double WeightsOf(InputLayout input) => input.KeyValues.Sum(values => OfTable(values));

    /// <summary>Weights of a table.</summary>
    /// <param name="values">Values that the category can have.</param>
    public static double OfTable(double values) => (values + 1) * Of(values);
}
