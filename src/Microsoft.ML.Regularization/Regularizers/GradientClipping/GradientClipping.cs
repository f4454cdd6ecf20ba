using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A bound on the gradient of every training step.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record GradientClipping
{
    private protected GradientClipping()
    {
    }

    internal abstract void Validate(IExceptionContext context);
}
