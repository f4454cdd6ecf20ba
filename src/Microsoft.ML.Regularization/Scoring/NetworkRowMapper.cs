using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>Binds a trained network to the columns of a view: from their rows to its scores.</summary>
internal sealed class NetworkRowMapper(IExceptionContext context, TrainedNetwork network, ModelBinding binding) : BoundModel(binding)
{
    private readonly InputColumns _columns = InputColumns.Find(context, binding.Schema, binding.FeatureColumnName, network.Input, network.Keys);

    public override DataViewSchema OutputSchema => network.Scores.Schema;

    protected override IEnumerable<DataViewSchema.Column> Reads => _columns.All;

    protected override DataViewSchema.Column? Features => _columns.Features;

    protected override void Fill(Delegate[] getters, IReadOnlyList<int> active, DataViewRow input)
    {
        // Rows that were read ahead have their outputs already.
        var prediction = input as INetworkOutputs ?? new RowPrediction(context, network, _columns, input);
        foreach (var index in active)
            getters[index] = network.Scores.CreateGetter(prediction, index);
    }
}
