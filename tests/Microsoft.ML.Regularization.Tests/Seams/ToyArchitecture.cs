using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>An architecture as somebody would add it: a linear model, which scores in libtorch as long as nobody describes its layers.</summary>
[UnionCase("Toy")]
internal sealed record ToyArchitecture : NetworkArchitecture
{
    internal override Capabilities Offers => Capabilities.MovableInputs | Capabilities.MixableStates;

    internal override bool NeedsTwoRowsPerBatch => false;

    internal override int MixableStates => 1;

    public override string ToString() => "Toy";

    internal override void Validate(IExceptionContext context)
    {
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder) => new Linear(input, outputs, builder);

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs) => tensors.Dense("output", input.Numbers, outputs);

    private sealed class Linear : Network
    {
        private readonly nn.Module<Tensor, Tensor> _output;

        public Linear(InputLayout input, int outputs, NetworkBuilder builder)
            : base(nameof(ToyArchitecture), builder)
        {
            _output = builder.Dense(input.Numbers, outputs, gain: 1, isOutput: true);
            register_module("output", _output);
        }

        protected override Tensor Compute(Tensor input) => _output.forward(MixAt(0, input));
    }
}
