using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>The model that all groups start from, and the columns that its network was fitted on.</summary>
/// <param name="Chain">The model.</param>
/// <param name="Columns">The columns.</param>
internal sealed record CommonModel(NetworkChain Chain, FittedColumns Columns)
{
    /// <summary>Rows as the network reads them, which can be read at any place.</summary>
    /// <param name="host">The environment.</param>
    /// <param name="data">The rows, as the pipeline takes them.</param>
    public IDataView Prepare(IHost host, IDataView data) => CacheCheckpoint.Of(host, Chain.Prepare(data));

    /// <summary>What trains its network further.</summary>
    /// <param name="host">The environment.</param>
    /// <param name="prepared">The rows: see <see cref="Prepare"/>.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="epochs">Is told of every epoch; null for nobody.</param>
    public GroupTraining TrainingOn(IHost host, IDataView prepared, GroupOptions options, int seed, IProgress<EpochReport>? epochs = null) =>
        new(host, Chain.Network, Columns, prepared, options, seed, epochs);
}
