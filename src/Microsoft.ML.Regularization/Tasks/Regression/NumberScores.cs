using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>One column: the predicted number in the target's units.</summary>
internal sealed class NumberScores(OutputLink link) : ScoreColumns
{
    public override DataViewSchema Schema { get; } = ScoreSchemas.Number();

    public override Delegate CreateGetter(INetworkOutputs prediction, int column) => (ValueGetter<float>)((ref float score) =>
    {
        score = prediction.Outputs[0];
        link.Apply(new Span<float>(ref score));
    });

    public override Delegate CreateMapper(RowScorer score) => (RowScore<float>)((in VBuffer<float> source, ref float destination) =>
    {
        var prediction = new Span<float>(ref destination);
        score(source, prediction);
        link.Apply(prediction);
    });
}
