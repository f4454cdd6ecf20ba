using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Mixes each row of a batch with another one, at one place in the network.</summary>
/// <param name="State">The place: 0 is the input, see <see cref="Network.MixAt"/>.</param>
/// <param name="Partners">(rows) of int64: with which row each is mixed.</param>
/// <param name="Lambda">The part that a row keeps, from 0 to 1.</param>
internal sealed record HiddenMixing(int State, Tensor Partners, double Lambda)
{
    public Tensor Mix(Tensor rows) => rows.Times(Lambda).Plus(rows.index_select(0, Partners).Times(1 - Lambda));
}
