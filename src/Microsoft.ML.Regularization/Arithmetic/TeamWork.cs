namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Work in parts that any thread may do, in any order, each part once.</summary>
internal abstract class TeamWork
{
    /// <param name="part">From 0.</param>
    public abstract void Run(int part);

    /// <summary>Does all parts on the caller's thread.</summary>
    public void RunAlone(int parts)
    {
        for (var part = 0; part < parts; part++)
            Run(part);
    }
}
