using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What a network learns of rows without labels: see <see cref="NeuralNetworkTrainer{TTransformer, TModel}.Pretrain"/>. Rows of tables take
/// <see cref="DenoisingTask"/> or <see cref="ContrastTask"/>, texts <see cref="MaskedTokenTask"/>. Records outside of the library cannot derive from it.
/// </summary>
[Union("pretext")]
public abstract record PretextTask
{
    /// <summary>The name of the option in messages.</summary>
    internal const string Option = "Task";

    private protected PretextTask()
    {
    }

    /// <summary>Whether a batch of a single row teaches nothing.</summary>
    internal virtual bool NeedsTwoRows => false;

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Why a network cannot learn it, to follow the name of the network; null where it can.</summary>
    internal abstract string? WhyNot(NetworkArchitecture architecture);

    /// <summary>The network that is trained, with layers in front of its outputs that what follows does without.</summary>
    internal virtual NetworkArchitecture WithHead(NetworkArchitecture architecture) => architecture;

    /// <summary>The task on rows of such an input.</summary>
    internal abstract Pretext Create(PretextRows rows);
}
