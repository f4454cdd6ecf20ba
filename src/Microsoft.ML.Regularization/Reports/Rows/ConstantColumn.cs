using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>A column of the same number in all rows.</summary>
internal sealed class ConstantColumn(string name, float value) : ComputedColumn(name, NumberDataViewType.Single)
{
    public override Delegate Bind(DataViewRow row) => (ValueGetter<float>)((ref number) => number = value);
}
