using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>A column of 0, for runs that read a label whatever it is.</summary>
internal sealed class NoLabelColumn() : ComputedColumn(SelfSupervisedTask.LabelName, NumberDataViewType.Single)
{
    public override Delegate Bind(DataViewRow row) => (ValueGetter<float>)((ref float label) => label = 0);
}
