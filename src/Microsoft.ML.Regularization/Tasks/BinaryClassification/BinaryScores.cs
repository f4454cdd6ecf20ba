using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Two columns: the logit of true, which is the score, and the probability.</summary>
internal sealed class BinaryScores(OutputLink link) : ScoreColumns
{
    private const int ProbabilityColumn = 1;

    public override DataViewSchema Schema { get; } = ScoreSchemas.Binary();

    public override Delegate CreateGetter(INetworkOutputs prediction, int column) => (ValueGetter<float>)((ref float value) =>
    {
        value = prediction.Outputs[0];
        if (column == ProbabilityColumn)
            link.Apply(new Span<float>(ref value));
        else
            value = link.Calibrated(value);
    });

    public override Delegate CreateMapper(RowScorer score) => (RowScore<float>)(
        (in VBuffer<float> source, ref float logit) =>
        {
            score(source, new Span<float>(ref logit));
            logit = link.Calibrated(logit);
        });
}
