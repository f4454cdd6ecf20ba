using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Inputs.Columns;

/// <summary>An architecture that is there for what it reads, and computes nothing.</summary>
internal sealed record ReadingArchitecture(NetworkInputs Inputs, int Length = 0, bool KeepsLast = false) : NetworkArchitecture
{
    internal override NetworkInputs Takes => Inputs;

    internal override Capabilities Offers => Capabilities.None;

    internal override int MaxTokens => Length;

    internal override bool KeepsLastToken => KeepsLast;

    internal override bool NeedsTwoRowsPerBatch => false;

    internal override int MixableStates => 1;

    public override string ToString() => $"a reader of {Inputs}";

    internal override void Validate(IExceptionContext context)
    {
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs) => throw new NotSupportedException();

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder) => throw new NotSupportedException();
}
