using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Validation and the model take an average of the weights over training instead of the last weights. Where the network has batch normalization, its running
/// statistics are recomputed for the average, by a pass over the training rows without noise, in which all rows count alike; training itself continues with
/// the original weights and statistics.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record WeightAveraging
{
    private protected WeightAveraging()
    {
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Creates the average of the parameters in a run.</summary>
    /// <param name="parameters">The parameters to average.</param>
    /// <param name="refresh">Takes running statistics for averaged weights.</param>
    /// <param name="maxEpochs">The run's epochs at most.</param>
    internal abstract WeightAverage CreateAverage(FlatParameters parameters, IStatisticsRefresh refresh, int maxEpochs);
}
