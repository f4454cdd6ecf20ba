using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
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

    /// <summary>Whether it looks at all weights in every step.</summary>
    internal virtual bool ReadsWeights => false;

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Creates the clipper of the parameters' gradient in a run.</summary>
    internal abstract GradientClipper CreateClipper(FlatParameters parameters);
}
