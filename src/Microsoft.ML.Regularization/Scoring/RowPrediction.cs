using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// The network's outputs for a cursor's current row, computed once for all columns that are made of them, when the first of them is asked for.
/// </summary>
internal sealed class RowPrediction(IExceptionContext context, TrainedNetwork network, InputColumns columns, DataViewRow row) : INetworkOutputs
{
    private readonly RowInput _input = new(context, network, columns, row);
    private readonly float[] _outputs = new float[network.Outputs];
    private long _position = long.MinValue;

    public ReadOnlySpan<float> Outputs
    {
        get
        {
            if (_position != row.Position)
            {
                if (network.Scorer is ISparseScorer sparse)
                    sparse.Score(_input.ReadSparse(), _outputs);
                else
                    network.Scorer.Score(_input.Read(), _outputs);
                _input.CheckOutputs(_outputs, row.Position);
                _position = row.Position;
            }

            return _outputs;
        }
    }
}
