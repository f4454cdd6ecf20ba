using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How a classifier's probabilities are put right after training, by rows that it was not trained on: see <see cref="Calibrations"/>. The model holds what was
/// learned, and the predicted label follows from the calibrated probabilities.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record Calibration
{
    private protected Calibration()
    {
    }

    internal abstract void Validate(IExceptionContext context);
}
