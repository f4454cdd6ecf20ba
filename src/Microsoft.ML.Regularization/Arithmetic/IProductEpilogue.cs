namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>What the sums of a product go through while they are still in the cache.</summary>
internal interface IProductEpilogue
{
    /// <summary>Changes a part of the result in place. Parts come on any thread, each once.</summary>
    /// <param name="rows">The part.</param>
    /// <param name="row">Which row of the whole is its first.</param>
    /// <param name="column">Which column.</param>
    void Apply(Matrix rows, int row, int column);
}
