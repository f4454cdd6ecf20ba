namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>One of the operations that a policy chooses from. It keeps nothing: cursors share it.</summary>
internal abstract class PolicyOperation
{
    /// <summary>Whether it makes sense of grey images.</summary>
    public virtual bool NeedsColors => false;

    /// <summary>Whether it may also go the other way, by a strength below 0.</summary>
    public virtual bool IsSigned => false;

    /// <param name="picture">The picture to change.</param>
    /// <param name="strength">How much, in the operation's own unit; 0 is least.</param>
    public abstract void Apply(ColorPlanes picture, double strength);
}
