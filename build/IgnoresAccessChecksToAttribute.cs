namespace System.Runtime.CompilerServices;

/// <summary>Grants this assembly access to the internals of another. The runtime honours it by name; no framework assembly declares it.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
